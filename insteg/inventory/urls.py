"""What is planned, under /planerade/, and the rounds in which it is asked for, under /inventering/."""

from django.urls import path

from insteg.inventory.views import planned, plans

app_name = "inventory"
urlpatterns = [
    path("planerade/", planned.planned_list, name="list"),
    path("planerade/hamta.<str:kind>", planned.export, name="export"),
    path("planerade/ny/", planned.choose_organisation, name="choose_organisation"),
    path("planerade/ny/<uuid:pk>/", planned.create, name="create"),
    path("planerade/las-in/<uuid:pk>/", plans.upload, name="upload"),
    path("planerade/plan/<uuid:pk>/", plans.review, name="review"),
    path("planerade/plan/<uuid:pk>/avbryt/", plans.discard, name="discard"),
    path("planerade/<uuid:pk>/", planned.detail, name="detail"),
    path("planerade/<uuid:pk>/andra/", planned.change, name="change"),
    path("planerade/<uuid:pk>/dra-tillbaka/", planned.withdraw, name="withdraw"),
    path("planerade/<uuid:pk>/aterta/", planned.reinstate, name="reinstate"),
]
