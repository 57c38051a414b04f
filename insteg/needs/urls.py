from django.urls import path

from insteg.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.totals, name="totals"),
    path("enhet/<uuid:pk>/", views.unit_needs, name="unit"),
    path("enhet/<uuid:pk>/nytt/", views.add, name="add"),
    path("enhet/<uuid:pk>/bekrafta/", views.confirm, name="confirm"),
    path("<uuid:pk>/andra/", views.change, name="change"),
    path("<uuid:pk>/avsluta/", views.end, name="end"),
    path("<uuid:pk>/ateruppta/", views.resume, name="resume"),
]
