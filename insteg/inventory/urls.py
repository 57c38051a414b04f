from django.urls import path

from insteg.inventory.views import planned, plans

app_name = "inventory"
urlpatterns = [
    path("", planned.planned_list, name="list"),
    path("hamta.<str:kind>", planned.export, name="export"),
    path("ny/", planned.choose_organisation, name="choose_organisation"),
    path("ny/<uuid:pk>/", planned.create, name="create"),
    path("las-in/<uuid:pk>/", plans.upload, name="upload"),
    path("plan/<uuid:pk>/", plans.review, name="review"),
    path("plan/<uuid:pk>/avbryt/", plans.discard, name="discard"),
    path("<uuid:pk>/", planned.detail, name="detail"),
    path("<uuid:pk>/andra/", planned.change, name="change"),
    path("<uuid:pk>/dra-tillbaka/", planned.withdraw, name="withdraw"),
    path("<uuid:pk>/aterta/", planned.reinstate, name="reinstate"),
]
