from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from insteg.access.rules import granted
from insteg.access.views import Request, listing, page
from insteg.audit.forms import perform
from insteg.core import clock
from insteg.organisations import access, actions, forms, queries
from insteg.organisations.models import Invitation, Membership, Organisation, User
from insteg.organisations.views.pages import Step, confirmed, key, step_page

SHOWN = 200


@listing(access.SEE_USERS)
def user_list(request: Request, users: QuerySet[User]) -> HttpResponse:
    """The first by name. No pages: names would stand in their addresses, and a filter finds quicker."""
    chosen = forms.UserFilter(request.GET or None)
    matching = queries.users(users, chosen.chosen() if chosen.is_bound else {})
    found = list(matching[: SHOWN + 1])
    context = {
        "users": found[:SHOWN],
        "lead": queries.users_in_words(matching),
        "more": len(found) > SHOWN,
        "filter": chosen,
        "clear": request.path if chosen.is_bound and chosen.narrowed() else "",
    }
    return render(request, "organisations/users.html", context)


@page(access.SEE_USERS, methods=["GET"])
def detail(request: Request, user: User) -> HttpResponse:
    rights = {
        "may_change": access.CHANGE_USER,
        "may_reopen": access.REOPEN_USER,
        "may_invite_again": access.INVITE_AGAIN,
        "may_reset_factor": access.RESET_FACTOR,
    }
    row = granted(User.objects.all(), request.actor, **rights).get(pk=user.pk)
    memberships = granted(
        row.memberships.select_related("organisation", "unit"), request.actor, may_change=access.CHANGE_MEMBERSHIP
    )
    current = set(row.memberships.current().values_list("pk", flat=True))
    context = {
        "person": row,
        "memberships": [
            (membership, membership.pk in current) for membership in memberships.order_by("-starts_on", "pk")
        ],
        "invitation": row.invitations.open().first(),
        "now": clock.now(),
    }
    return render(request, "organisations/user.html", context)


@listing(access.INVITE)
def invite_where(request: Request, organisations: QuerySet[Organisation]) -> HttpResponse:
    """First the organisation: it decides which roles and units there are to choose among."""
    context = {"organisations": organisations.order_by("name", "pk"), "person": request.GET.get("user", "")}
    return render(request, "organisations/invite_where.html", context)


@page(access.INVITE, see=access.SEE)
def invite(request: Request, organisation: Organisation) -> HttpResponse:
    start = {"starts_on": clock.today()} | already(request)
    form = forms.InviteForm.of(request, organisation, initial=start, organisation=organisation)
    if perform(request, form, actions.invite, organisation):
        messages.success(
            request, _("Brevet är skickat. Den som är ny får en länk, den som har ett konto får veta om uppdraget.")
        )
        user = User.objects.get(email=form.cleaned_data["email"].lower())
        return redirect("organisations:user", user.pk)
    step = Step(_("Bjud in"), _("Skicka inbjudan"), "organisations:detail", organisation.pk, about=str(organisation))
    return step_page(request, form, step)


def already(request: Request) -> dict[str, str]:
    """Someone who has an account, when the page was reached from theirs."""
    found = access.SEE_USERS.filter(User.objects.filter(pk=key(request.GET.get("user"))), request.actor).first()
    return {"name": found.name, "email": found.email} if found else {}


@page(access.CHANGE_USER, see=access.SEE_USERS)
def change(request: Request, user: User) -> HttpResponse:
    form = forms.UserForm.of(request, user, initial={"name": user.name, "email": user.email})
    if perform(request, form, actions.change_user, user):
        messages.success(request, _("Ändringen är sparad."))
        return redirect("organisations:user", user.pk)
    lead = _("En ny adress gäller genast. Den som inte har loggat in än får en ny inbjudan dit.")
    return step_page(request, form, step(user, _("Ändra namn och adress"), _("Spara ändringen"), lead))


@page(access.CHANGE_USER, see=access.SEE_USERS)
def close(request: Request, user: User) -> HttpResponse:
    lead = _("Personen loggas ut genast och kommer inte in igen förrän kontot öppnas. Uppdragen står kvar.")
    said = step(user, _("Stäng kontot"), _("Stäng kontot"), lead)
    return confirmed(request, actions.close_user, user, said, _("Kontot är stängt."))


@page(access.REOPEN_USER, see=access.SEE_USERS)
def reopen(request: Request, user: User) -> HttpResponse:
    lead = _("Personen kan logga in igen med sitt lösenord, och uppdrag som inte har gått ut gäller igen.")
    said = step(user, _("Öppna kontot igen"), _("Öppna igen"), lead)
    return confirmed(request, actions.reopen_user, user, said, _("Kontot är öppet igen."))


@page(access.INVITE_AGAIN, see=access.SEE_USERS)
def invite_again(request: Request, user: User) -> HttpResponse:
    lead = _("Ett brev med en ny länk skickas. Den gamla länken slutar fungera.")
    said = step(user, _("Skicka inbjudan igen"), _("Skicka"), lead)
    return confirmed(request, actions.invite_again, user, said, _("En ny inbjudan är skickad."))


@page(access.WITHDRAW)
def withdraw(request: Request, invitation: Invitation) -> HttpResponse:
    lead = _("Länken slutar fungera. Uppdraget står kvar, men personen kommer inte in utan en ny inbjudan.")
    said = step(invitation.user, _("Återkalla inbjudan"), _("Återkalla"), lead)
    return confirmed(request, actions.withdraw_invitation, invitation, said, _("Inbjudan är återkallad."))


@page(access.RESET_FACTOR, see=access.SEE_USERS)
def reset_factor(request: Request, user: User) -> HttpResponse:
    lead = _(
        "Personens app, nycklar och reservkoder tas bort och personen loggas ut överallt. "
        "Gör det bara när du vet att det är rätt person som ber om det."
    )
    said = step(user, _("Nollställ andra steget"), _("Nollställ"), lead)
    return confirmed(request, actions.reset_second_factor, user, said, _("Andra steget är nollställt."))


@page(access.CHANGE_MEMBERSHIP, see=access.SEE_MEMBERSHIPS)
def change_membership(request: Request, membership: Membership) -> HttpResponse:
    form = forms.Period.of(request, membership, initial=forms.period_of(membership))
    if perform(request, form, actions.change_membership, membership):
        messages.success(request, _("Uppdragets tid är ändrad."))
        return redirect("organisations:user", membership.user_id)
    return step_page(request, form, of_membership(membership, _("Ändra uppdragets tid"), _("Spara ändringen")))


@page(access.CHANGE_MEMBERSHIP, see=access.SEE_MEMBERSHIPS)
def end_membership(request: Request, membership: Membership) -> HttpResponse:
    lead = _("Uppdraget slutar gälla genast och kan inte återupptas. Ska det sluta en viss dag: ändra tiden i stället.")
    said = of_membership(membership, _("Avsluta uppdraget"), _("Avsluta nu"), lead)
    return confirmed(request, actions.end_membership, membership, said, _("Uppdraget är avslutat."))


def step(user: User, title: str, button: str, lead: str = "") -> Step:
    return Step(title, button, "organisations:user", user.pk, lead, str(user))


def of_membership(membership: Membership, title: str, button: str, lead: str = "") -> Step:
    about = f"{membership.user}: {membership}"
    return Step(title, button, "organisations:user", membership.user_id, lead, about)
