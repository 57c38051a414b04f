from django.urls import path

from insteg.inventory import views

app_name = "inventory"
urlpatterns = [
    path("", views.planned_list, name="list"),
    path("hamta.<str:kind>", views.export, name="export"),
    path("ny/", views.choose_organisation, name="choose_organisation"),
    path("ny/<uuid:pk>/", views.create, name="create"),
    path("las-in/<uuid:pk>/", views.upload, name="upload"),
    path("plan/<uuid:pk>/", views.review, name="review"),
    path("plan/<uuid:pk>/avbryt/", views.discard, name="discard"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/andra/", views.change, name="change"),
    path("<uuid:pk>/dra-tillbaka/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/aterta/", views.reinstate, name="reinstate"),
]
