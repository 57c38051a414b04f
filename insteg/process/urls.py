from django.urls import path

from insteg.process.views import rule_sets as views

app_name = "process"
urlpatterns = [
    path("regelverk/", views.rule_sets, name="rule_sets"),
    path("regelverk/<uuid:pk>/", views.rule_set, name="rule_set"),
    path("regelverk/<uuid:pk>/utkast/", views.draft, name="draft"),
    path("regelverk/<uuid:pk>/andra/", views.change, name="change"),
    path("regelverk/<uuid:pk>/publicera/", views.publish, name="publish"),
    path("regelverk/<uuid:pk>/ta-bort/", views.discard, name="discard"),
]
