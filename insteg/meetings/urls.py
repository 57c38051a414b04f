from django.urls import path

from insteg.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("<uuid:pk>/", views.meeting, name="meeting"),
    path("<uuid:pk>/andra/", views.change, name="change"),
    path("<uuid:pk>/kalla/", views.call, name="call"),
    path("<uuid:pk>/flytta/", views.move, name="move"),
    path("<uuid:pk>/stall-in/", views.cancel, name="cancel"),
    path("<uuid:pk>/lagg-till/", views.invite, name="invite"),
    path("<uuid:pk>/narvaro/", views.attendance, name="attendance"),
    path("<uuid:pk>/kalender/", views.calendar_file, name="calendar"),
    path("svar/<uuid:pk>/", views.answer, name="answer"),
    path("deltagare/<uuid:pk>/ta-bort/", views.take_off, name="take_off"),
]
