from django.urls import path

from insteg.steering import views

app_name = "steering"
urlpatterns = [
    path("styrgruppen/", views.group, name="group"),
    path("styrgruppen/mandat/nytt/", views.add_seat, name="add_seat"),
    path("styrgruppen/mandat/<uuid:pk>/andra/", views.change_seat, name="change_seat"),
    path("styrgruppen/mandat/<uuid:pk>/avsluta/", views.end_seat, name="end_seat"),
    path("styrgruppen/kalla/", views.call, name="call"),
    path("mal/", views.goals, name="goals"),
    path("mal/ny-vision/", views.add_vision, name="add_vision"),
    path("mal/<uuid:pk>/under/", views.add_goal, name="add_goal"),
    path("mal/<uuid:pk>/andra/", views.change_goal, name="change_goal"),
    path("mal/<uuid:pk>/avsluta/", views.end_goal, name="end_goal"),
    path("mal/<uuid:pk>/ateruppta/", views.revive_goal, name="revive_goal"),
    path("mal/<uuid:pk>/arsmal/", views.set_target, name="set_target"),
    path("mal/arsmal/<uuid:pk>/andra/", views.change_target, name="change_target"),
    path("mal/arsmal/<uuid:pk>/ta-bort/", views.remove_target, name="remove_target"),
    path("mal/tillfalle/", views.add_occasion, name="add_occasion"),
    path("mal/tillfalle/<uuid:pk>/andra/", views.change_occasion, name="change_occasion"),
    path("mal/tillfalle/<uuid:pk>/ta-bort/", views.remove_occasion, name="remove_occasion"),
    path("mal/tillfalle/<uuid:pk>/rapporterat/", views.report_occasion, name="report_occasion"),
    path("mal/tillfalle/<uuid:pk>/oppna/", views.reopen_occasion, name="reopen_occasion"),
]
