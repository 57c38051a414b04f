from django.urls import path

from insteg.organisations import views

app_name = "organisations"
urlpatterns = [
    path("uppdrag/", views.choose, name="choose"),
]
