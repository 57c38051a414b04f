"""The product's addresses and the yardsticks: a signed-in empty page, and a change as plain Django writes it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path

from insteg.access.rules import SIGNED_IN
from insteg.access.views import open_to
from insteg.inventory.models import FACTS, PlannedProcurement

PLAIN_MIDDLEWARE = [  # what `django-admin startproject` writes
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@open_to(SIGNED_IN)
def empty(request):
    return render(request, "bench/empty.html")


class PlainForm(forms.ModelForm):
    class Meta:
        model = PlannedProcurement
        fields = [name for name in FACTS if name != "unknown_fields"]


@login_required
def plain_change(request, pk):
    planned = get_object_or_404(PlannedProcurement, pk=pk)
    form = PlainForm(request.POST or None, instance=planned)
    if form.is_valid():
        form.save()
        messages.success(request, "Sparat.")
        return redirect("inventory:detail", planned.pk)
    return render(request, "bench/empty.html", {"form": form})


urlpatterns = [
    path("", include("insteg.config.urls")),
    path("tom/", empty),
    path("ren-django/<uuid:pk>/", plain_change),
]
handler403 = "insteg.organisations.views.refused"
