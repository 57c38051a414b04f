from django.urls import include, path

urlpatterns = [
    path("", include("insteg.home.urls")),
    path("", include("insteg.organisations.urls")),
]
