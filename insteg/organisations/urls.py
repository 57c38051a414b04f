from django.conf import settings
from django.urls import path

from insteg.organisations.views import invitation, memberships, organisations, profile, users
from insteg.organisations.views.example_city import example_city

app_name = "organisations"
urlpatterns = [
    path("uppdrag/", memberships.choose, name="choose"),
    path("min-profil/", profile.profile, name="profile"),
    path("sprak/", profile.language, name="language"),
    path("inbjudan/<str:token>/", invitation.accept, name="invitation"),
    path("organisationer/", organisations.organisation_list, name="list"),
    path("organisationer/ny/", organisations.add, name="add"),
    path("organisationer/<uuid:pk>/", organisations.detail, name="detail"),
    path("organisationer/<uuid:pk>/andra/", organisations.change, name="change"),
    path("organisationer/<uuid:pk>/stang/", organisations.close, name="close"),
    path("organisationer/<uuid:pk>/oppna/", organisations.reopen, name="reopen"),
    path("organisationer/<uuid:pk>/ny-enhet/", organisations.add_unit, name="add_unit"),
    path("organisationer/<uuid:pk>/bjud-in/", users.invite, name="invite"),
    path("enheter/<uuid:pk>/andra/", organisations.change_unit, name="change_unit"),
    path("enheter/<uuid:pk>/stang/", organisations.close_unit, name="close_unit"),
    path("enheter/<uuid:pk>/oppna/", organisations.reopen_unit, name="reopen_unit"),
    path("anvandare/", users.user_list, name="users"),
    path("anvandare/bjud-in/", users.invite_where, name="invite_where"),
    path("anvandare/<uuid:pk>/", users.detail, name="user"),
    path("anvandare/<uuid:pk>/andra/", users.change, name="change_user"),
    path("anvandare/<uuid:pk>/stang/", users.close, name="close_user"),
    path("anvandare/<uuid:pk>/oppna/", users.reopen, name="reopen_user"),
    path("anvandare/<uuid:pk>/bjud-in-igen/", users.invite_again, name="invite_again"),
    path("anvandare/<uuid:pk>/nollstall/", users.reset_factor, name="reset_factor"),
    path("inbjudningar/<uuid:pk>/aterkalla/", users.withdraw, name="withdraw"),
    path("alla-uppdrag/<uuid:pk>/tid/", users.change_membership, name="change_membership"),
    path("alla-uppdrag/<uuid:pk>/avsluta/", users.end_membership, name="end_membership"),
]
if settings.EXAMPLE_CITY:
    urlpatterns.append(path("exempelstaden/", example_city, name="example_city"))
