from django.urls import include, path

handler400 = "insteg.home.away.bad_request"
handler403 = "insteg.organisations.views.refused"
handler500 = "insteg.home.away.server_error"
urlpatterns = [
    path("", include("insteg.home.urls")),
    path("", include("insteg.organisations.urls")),
    path("", include("insteg.organisations.sign_in.urls")),
    path("", include("insteg.mail.urls")),
    path("", include("insteg.steering.urls")),
    path("", include("insteg.inventory.urls")),
    path("moten/", include("insteg.meetings.urls")),
    path("behov/", include("insteg.needs.urls")),
    path("arbetsmodellen/", include("insteg.process.urls")),
]
