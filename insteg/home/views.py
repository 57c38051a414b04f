from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.contrib import messages
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from insteg.access.actor import VISITOR
from insteg.access.rules import PUBLIC, SIGNED_IN
from insteg.access.views import Request, for_roles, listing, open_to, page
from insteg.audit.forms import perform
from insteg.core import clock, keyset
from insteg.home import access, actions, manual, model_state, queries, search, start
from insteg.home.forms import AnswerForm, RemarkForm, StatementForm
from insteg.home.models import Remark, Statement
from insteg.home.typed import Typed, typed_in


@open_to(SIGNED_IN)
@require_safe
def tasks(request: Request) -> HttpResponse:
    """What waits for me, most urgent first, from every room that has something to say (R82).

    `?whose=unit` shows what colleagues have taken too.
    """
    if request.actor is None:
        return redirect("organisations:choose") if request.memberships else render(request, "home/no_membership.html")
    today, found = clock.today(), queries.waiting(request.actor)
    colleagues = len(found.unit) > len(found.mine)
    whole_unit = colleagues and request.GET.get("whose") == "unit"
    shown = found.unit if whole_unit else found.mine
    context = {
        "today": today,
        "date_line": queries.date_line(today),
        "waiting": found,
        "colleagues": colleagues,
        "whole_unit": whole_unit,
        "lead": queries.unit_lead(shown, today) if whole_unit else queries.lead(shown, today),
        "groups": queries.grouped(shown, today),
        "others": [queries.row_of(task, today) for task in found.others],
        "states": model_state.states(request.actor),
        "elsewhere": queries.elsewhere(request.others),
        "pages": start.pages_of(request.actor),
        "hint": start.hint(request.actor),
    }
    return render(request, "home/tasks.html", context)


@open_to(SIGNED_IN)
@require_safe
def search_page(request: Request) -> HttpResponse:
    """Everything with the words in it that the actor may see: each room looks, by the rules of its own lists."""
    if request.actor is None:
        return redirect("home:tasks")
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    words = search.words_of(typed)
    groups = search.search(request.actor, words) if words else []
    return render(request, "home/search.html", {"typed": typed, "words": words, "groups": groups})


@open_to(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement and its form, for anyone (lag 2018:1937 13 §)."""
    statement = Statement.objects.the_one()
    form = RemarkForm.of(request, statement, initial={"version": None, "page": page_before(request)})
    if request.method == "POST":
        request.actor = request.actor or VISITOR
        if not ratelimit.consume(request, action="accessibility_remark"):
            form.add_error(
                None, _("Det har kommit många synpunkter härifrån på kort tid. Vänta en timme och skicka igen.")
            )
            form.status = 429
        elif perform(request, form, actions.say, statement):
            return redirect("home:thanks")
    context = {
        "statement": statement,
        "form": form,
        "may_edit": request.actor is not None and request.actor.role in access.EDIT.table,
    }
    return render(request, "home/accessibility.html", context, status=form.status)


def page_before(request: HttpRequest) -> str:
    """The page of ours that someone came from, as far as the browser tells: a guess that they can change."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # whoever asks may write anything there
        return ""
    return before.path if before.netloc == request.get_host() and before.path != request.path else ""


@open_to(PUBLIC)
@require_safe
def thanks(request: Request) -> HttpResponse:
    return render(request, "home/thanks.html")


@for_roles(access.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_statement(request: Request) -> HttpResponse:
    statement = Statement.objects.the_one()
    form = StatementForm.of(request, statement, initial=StatementForm.fields_of(statement))
    if perform(request, form, actions.edit_statement, statement):
        messages.success(request, _("Redogörelsen är ändrad."))
        return redirect("home:accessibility")
    return render(request, "home/edit_statement.html", {"form": form}, status=form.status)


@listing(access.SEE)
def remark_list(request: Request, remarks: queries.RemarkRows) -> HttpResponse:
    rows = keyset.page(remarks, request.GET, order=["-created_at"], size=queries.PAGE)
    context = {"page": rows, "lead": queries.remarks_lead(remarks)}
    return render(request, "home/remark_list.html", context)


@page(access.ANSWER, see=access.SEE)
def answer_remark(request: Request, remark: Remark) -> HttpResponse:
    form = AnswerForm.of(request, remark, initial={"answer": remark.answer})
    if perform(request, form, actions.answer, remark):
        messages.success(request, _("Svaret är antecknat."))
        return redirect("home:remarks")
    return render(request, "home/answer.html", {"form": form, "remark": remark}, status=form.status)


@open_to(PUBLIC)
@require_safe
def manual_index(request: Request) -> HttpResponse:
    return chapter_page(request, manual.INDEX)


@open_to(PUBLIC)
@require_safe
def manual_chapter(request: Request, name: str) -> HttpResponse:
    if name == manual.INDEX:
        raise Http404  # it has an address of its own
    return chapter_page(request, name)


def chapter_page(request: Request, name: str) -> HttpResponse:
    """Open to all: whoever cannot sign in needs the chapter on signing in, and nothing in the manual is secret."""
    chapter = manual.chapter(name)
    if chapter is None:
        raise Http404
    context = {"chapter": chapter, "chapters": manual.contents(), "is_index": name == manual.INDEX}
    return render(request, "home/manual.html", context)


@open_to(PUBLIC)
@never_cache
@require_safe
def health(request: Request) -> HttpResponse:
    """For whoever watches the service: 200 when it and its database answer, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says again what was typed, to copy: of what was sent from a page of ours, or others could put words here."""
    from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    typed = typed_in(request) if from_here else Typed()
    return render(request, "403_csrf.html", {"typed": typed}, status=403)
