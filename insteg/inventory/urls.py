"""What is planned, under /planerade/, and the rounds in which it is asked for, under /inventering/."""

from django.urls import path

from insteg.inventory.views import planned, plans, rounds

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
    path("inventering/", rounds.rounds, name="rounds"),
    path("inventering/ny/", rounds.draft_round, name="draft_round"),
    path("inventering/<uuid:pk>/", rounds.board_page, name="round"),
    path("inventering/<uuid:pk>/andra/", rounds.change_round, name="change_round"),
    path("inventering/<uuid:pk>/ta-bort/", rounds.discard_round, name="discard_round"),
    path("inventering/<uuid:pk>/oppna/", rounds.open_round, name="open_round"),
    path("inventering/<uuid:pk>/fraga-fler/", rounds.ask, name="ask"),
    path("inventering/<uuid:pk>/stang/", rounds.close_round, name="close_round"),
    path("inventering/<uuid:pk>/oppna-igen/", rounds.reopen_round, name="reopen_round"),
    path("inventering/svar/<uuid:pk>/forlang/", rounds.extend, name="extend"),
]
