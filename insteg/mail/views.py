from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from insteg.access.views import Request, listing
from insteg.mail import access
from insteg.mail.models import Message

SHOWN = 100


@listing(access.SEE)
def stuck(request: Request, letters: QuerySet[Message]) -> HttpResponse:
    """Letters that did not arrive, newest first: to whom, about what, and what the mail server said."""
    return render(request, "mail/stuck.html", {"letters": letters[:SHOWN]})
