from django.urls import path

from insteg.steering.views import goals, group

app_name = "steering"
urlpatterns = [
    path("styrgruppen/", group.group, name="group"),
    path("styrgruppen/mandat/nytt/", group.add_seat, name="add_seat"),
    path("styrgruppen/mandat/<uuid:pk>/andra/", group.change_seat, name="change_seat"),
    path("styrgruppen/mandat/<uuid:pk>/avsluta/", group.end_seat, name="end_seat"),
    path("styrgruppen/kalla/", group.call, name="call"),
    path("mal/", goals.goals, name="goals"),
    path("mal/ny-vision/", goals.add_vision, name="add_vision"),
    path("mal/<uuid:pk>/under/", goals.add_goal, name="add_goal"),
    path("mal/<uuid:pk>/andra/", goals.change_goal, name="change_goal"),
    path("mal/<uuid:pk>/avsluta/", goals.end_goal, name="end_goal"),
    path("mal/<uuid:pk>/ateruppta/", goals.revive_goal, name="revive_goal"),
    path("mal/<uuid:pk>/arsmal/", goals.set_target, name="set_target"),
    path("mal/arsmal/<uuid:pk>/andra/", goals.change_target, name="change_target"),
    path("mal/arsmal/<uuid:pk>/ta-bort/", goals.remove_target, name="remove_target"),
    path("mal/tillfalle/", goals.add_occasion, name="add_occasion"),
    path("mal/tillfalle/<uuid:pk>/andra/", goals.change_occasion, name="change_occasion"),
    path("mal/tillfalle/<uuid:pk>/ta-bort/", goals.remove_occasion, name="remove_occasion"),
    path("mal/tillfalle/<uuid:pk>/rapporterat/", goals.report_occasion, name="report_occasion"),
    path("mal/tillfalle/<uuid:pk>/oppna/", goals.reopen_occasion, name="reopen_occasion"),
]
