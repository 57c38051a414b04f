"""Faults in what every answer carries, and in what must bite on the very next request."""

from tests.mutations.mutation import Mutation

ANY = "tests/nets/test_every_answer.py::test_each_kind_of_answer_carries_what_it_must"
STATIC = "tests/nets/test_every_answer.py::test_static_files_alone_may_be_kept_and_are_ours_alone"
FAULT = "tests/nets/test_every_answer.py::test_a_fault_of_ours_tells_nothing_of_itself"
WIRE = "tests/nets/test_as_in_production.py::test_every_kind_of_answer_off_the_wire"
EVENTS = "tests/organisations/test_eight_events.py"
NEXT = f"{EVENTS}::test_it_bites_on_the_very_next_request"
WRITTEN = "tests/home/test_signed_out.py"
ANSWERS, BASE, PROD = "insteg/ui/answers.py", "insteg/config/settings/base.py", "insteg/config/settings/prod.py"

ANSWER_FAULTS = [
    Mutation(
        "an answer may be kept",
        ANSWERS,
        '        headers["Cache-Control"] = "private, no-store"\n',
        "",
        (f"{ANY}[a page]",),
    ),
    Mutation(
        "an answer lets pages ask for camera and place",
        ANSWERS,
        '        headers["Permissions-Policy"] = POLICY\n',
        "",
        (f"{ANY}[a page]",),
    ),
    Mutation(
        "an answer may be taken by another site",
        ANSWERS,
        '        headers["Cross-Origin-Resource-Policy"] = "same-origin"\n',
        "",
        (f"{ANY}[a page]",),
    ),
    Mutation(
        "an answer of text is without its letters",
        ANSWERS,
        '            headers["Content-Type"] = f"{kind}; charset=utf-8"\n',
        "            pass\n",
        (f"{ANY}[a sign of health]",),
    ),
    Mutation(
        "an answer may be framed",
        BASE,
        '    "django.middleware.clickjacking.XFrameOptionsMiddleware",\n',
        "",
        (f"{ANY}[a page]",),
    ),
    Mutation(
        "an answer may be guessed to be of another kind",
        BASE,
        '    "django.middleware.security.SecurityMiddleware",\n',
        "",
        (f"{ANY}[an unknown host]",),
    ),
    Mutation(
        "an answer of a static file is for every site",
        BASE,
        "WHITENOISE_ALLOW_ALL_ORIGINS = False",
        "WHITENOISE_ALLOW_ALL_ORIGINS = True",
        (f"{STATIC}[ui/app.css]",),
    ),
    Mutation(
        "an answer's cookies are read by scripts",
        BASE,
        "SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True",
        "SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = False",
        (f"{ANY}[a page for strangers]",),
    ),
    Mutation(
        "an answer with a file shows it as a page",
        "insteg/documents/responses.py",
        "content_disposition_header(True, safe)",
        "content_disposition_header(False, safe)",
        (f"{ANY}[a spreadsheet]",),
    ),
    Mutation(
        "an answer to a fault tells of it",
        "insteg/home/away.py",
        'HttpResponse(drawn(request, "500.html", unsure=unsure), status=500)',
        "HttpResponse(str(sys.exc_info()[1]), status=500)",
        (f"{FAULT}[a view-fault]",),
    ),
    *(
        Mutation(f"an answer in production {said}", PROD, before, after, (WIRE,), postgresql=True)
        for said, before, after in (
            ("is given without https", "SECURE_SSL_REDIRECT = True\n", "SECURE_SSL_REDIRECT = False\n"),
            (
                "leads to a host that somebody made up",
                "SECURE_SSL_HOST = ALLOWED_HOSTS[0]",
                "SECURE_SSL_HOST = None",
            ),
            ("does not ask for https next time", "SECURE_HSTS_SECONDS = 365 * 24", "SECURE_HSTS_SECONDS = 0 * 24"),
            ("sends its cookies in the open", "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE", "LANGUAGE"),
            ("lets another host set its cookies", '"__Host-session", "__Host-csrf"', '"session", "csrf"'),
        )
    ),
]

BITES = [
    Mutation(
        "an event is late: a new password leaves the other sessions in",
        "insteg/organisations/models.py",
        "    def get_full_name(self) -> str:\n",
        '    def get_session_auth_hash(self) -> str:\n        return "x"\n\n    def get_full_name(self) -> str:\n',
        (f"{NEXT}[password_is_changed]",),
    ),
    Mutation(
        "an event is late: a changed second factor leaves the other sessions in",
        "insteg/organisations/sign_in/views.py",
        "        sessions.end(request.user, spare=request.session.session_key)\n",
        "",
        (f"{NEXT}[recovery_codes_are_made_anew]",),
    ),
    Mutation(
        "an event is late: the session where it was done keeps its key",
        "insteg/organisations/sign_in/views.py",
        "        sessions.move(request.session)\n",
        "",
        (f"{EVENTS}::test_the_session_where_it_was_done_goes_on_under_a_new_key",),
    ),
    Mutation(
        "an event is late: a factor that is gone still counts",
        "insteg/organisations/middleware.py",
        '    if any(shown.get("id") in theirs for shown',
        '    if any(shown["method"] == "mfa" for shown',
        (f"{EVENTS}::test_a_factor_that_is_gone_was_shown_in_vain_also_where_the_list_knows_of_no_session",),
    ),
    Mutation(
        "an event is late: a password is enough to change a factor",
        "insteg/organisations/middleware.py",
        '        return missing_step(request) in ("", "mfa_index")\n',
        "        return True\n",
        (f"{EVENTS}::test_a_password_is_not_enough_to_change_a_factor_that_has_not_been_shown",),
    ),
    Mutation(
        "an event is late: half-way in with the old password is far enough",
        "insteg/organisations/sign_in/__init__.py",
        "        if came_with is not None and not constant_time_compare(",
        "        if came_with is None and not constant_time_compare(",
        (f"{EVENTS}::test_whoever_is_half_way_in_with_the_old_password_begins_again",),
    ),
    Mutation(
        "an event is late: a reset second factor leaves everyone in",
        "insteg/organisations/actions/people.py",
        "    user.authenticator_set.all().delete()\n    sessions.end(user)\n",
        "    user.authenticator_set.all().delete()\n",
        (f"{NEXT}[second_factor_is_reset]",),
    ),
    Mutation(
        "an event is late: a session that is ended goes on",
        "insteg/organisations/sessions.py",
        "        row.end()\n",
        "        row.delete()\n",
        (f"{NEXT}[session_is_ended_elsewhere]",),
    ),
    Mutation(
        "an event is late: memberships are those that one once had",
        "insteg/organisations/middleware.py",
        "list(request.user.memberships.current().select",
        "list(request.user.memberships.select",
        (f"{NEXT}[membership_is_ended]",),
    ),
    Mutation(
        "an event is late: a closed organisation still counts",
        "insteg/organisations/models.py",
        "        return self.filter(begun, organisation, unit, ended_at=None)",
        "        return self.filter(begun, unit, ended_at=None)",
        (f"{NEXT}[organisation_is_closed]",),
    ),
    Mutation(
        "an event is late: the worker acts for whoever once had the right",
        "insteg/inventory/plan_jobs.py",
        "Membership.objects.current().filter(pk=membership, user__is_active=True)",
        "Membership.objects.filter(pk=membership)",
        (f"{EVENTS}::test_what_waits_for_the_worker_is_done_only_for_who_may_do_it_then",),
    ),
    Mutation(
        "an event is late: the morning's letter tells what was lost in the night",
        "insteg/mail/notices.py",
        "if any(opens(each.path, actor) for actor in actors)",
        "if True",
        ("tests/mail/test_digest.py::test_nobody_is_told_in_the_morning_of_what_they_may_no_longer_open",),
    ),
    Mutation(
        "an event takes what was written with it",
        "insteg/home/signed_out.py",
        "status=403) if typed.shown else None",
        "status=403) if False else None",
        (f"{WRITTEN}::test_what_was_written_stands_on_the_page_that_says_one_is_out",),
    ),
    Mutation(
        "an event of an old token lets others put words on our page",
        "insteg/home/views.py",
        "typed_in(request) if from_here else Typed()",
        "typed_in(request)",
        (f"{WRITTEN}::test_an_old_token_keeps_what_was_written_here_and_not_what_others_put_in",),
    ),
]
