from django.urls import path

from insteg.process.views import cases, design, picture, steps
from insteg.process.views import rule_sets as views

app_name = "process"
urlpatterns = [
    path("", picture.picture, name="picture"),
    path("bild.svg", picture.picture_file, name="picture_svg"),
    path("regelverk/", views.rule_sets, name="rule_sets"),
    path("regelverk/<uuid:pk>/", views.rule_set, name="rule_set"),
    path("regelverk/<uuid:pk>/utkast/", views.draft, name="draft"),
    path("regelverk/<uuid:pk>/andra/", views.change, name="change"),
    path("regelverk/<uuid:pk>/publicera/", views.publish, name="publish"),
    path("regelverk/<uuid:pk>/ta-bort/", views.discard, name="discard"),
    path("arende/<uuid:pk>/flytta/<slug:key>/", cases.move, name="move"),
    path("arende/<uuid:pk>/punkt/<slug:key>/", cases.answer_item, name="answer_item"),
    path("arende/<uuid:pk>/ta/", cases.take, name="take"),
    path("arende/<uuid:pk>/lamna/", cases.hand_back, name="hand_back"),
    path("arende/<uuid:pk>/datum/", cases.due_date, name="due_date"),
    path("arende/<uuid:pk>/version/", cases.change_edition, name="change_edition"),
    path("steg/<slug:kind>/<slug:key>/", steps.step, name="step"),
    path("steg/<slug:kind>/<slug:key>/flytta/<slug:move_key>/", steps.move_several, name="move_several"),
    path("processer/", design.processes, name="processes"),
    path("processer/<uuid:pk>/", design.process, name="process"),
    path("processer/<uuid:pk>/utkast/", design.draft, name="design_draft"),
    path("processer/<uuid:pk>/nytt/", design.note, name="design_note"),
    path("processer/<uuid:pk>/publicera/", design.publish, name="design_publish"),
    path("processer/<uuid:pk>/ta-bort/", design.discard, name="design_discard"),
    path("processer/<uuid:pk>/ny-fas/", design.add_phase, name="design_phase_add"),
    path("processer/<uuid:pk>/nytt-steg/", design.add_step, name="design_step_add"),
    path("processer/fas/<uuid:pk>/", design.change_phase, name="design_phase"),
    path("processer/fas/<uuid:pk>/ta-bort/", design.remove_phase, name="design_phase_remove"),
    path("processer/steg/<uuid:pk>/", design.change_step, name="design_step"),
    path("processer/steg/<uuid:pk>/ta-bort/", design.remove_step, name="design_step_remove"),
    path("processer/steg/<uuid:pk>/ny-punkt/", design.add_item, name="design_item_add"),
    path("processer/steg/<uuid:pk>/ny-pil/", design.add_arrow, name="design_arrow_add"),
    path("processer/punkt/<uuid:pk>/", design.change_item, name="design_item"),
    path("processer/punkt/<uuid:pk>/ta-bort/", design.remove_item, name="design_item_remove"),
    path("processer/pil/<uuid:pk>/", design.change_arrow, name="design_arrow"),
    path("processer/pil/<uuid:pk>/ta-bort/", design.remove_arrow, name="design_arrow_remove"),
]
