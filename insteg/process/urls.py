from django.urls import path

from insteg.process.views import cases, picture, steps
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
]
