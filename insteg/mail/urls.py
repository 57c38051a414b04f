from django.urls import path

from insteg.mail import views

app_name = "mail"
urlpatterns = [
    path("brev/", views.stuck, name="stuck"),
    path("brev/hallna/<uuid:pk>/", views.held, name="held"),
    path("min-profil/brev/", views.pace, name="pace"),
]
