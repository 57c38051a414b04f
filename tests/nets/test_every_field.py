"""Every field of every table says what it is, and the log is told no values of what is personal."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from insteg.core.models import BaseModel
from insteg.core.privacy import KINDS, every_field_is_classified, faults

# Tables of the packages that we use. A new one is looked through for personal data before it is written here.
OTHERS = {
    "account.EmailAddress": "empty: addresses are our own User.email",
    "account.EmailConfirmation": "empty, as EmailAddress",
    "auth.Group": "empty: rights are rules",
    "auth.Permission": "made by migrations",
    "contenttypes.ContentType": "made by migrations",
    "django_q.Failure": "a view of Task",
    "django_q.OrmQ": "queued jobs: ids only, gone when done",
    "django_q.Schedule": "times and names of jobs",
    "django_q.Success": "a view of Task",
    "django_q.Task": "jobs that failed: ids only",
    "mfa.Authenticator": "second factors: gone with the account",
    "sessions.Session": "ten hours",
    "usersessions.UserSession": "address and browser of a sign-in: gone with the session",
}
LONGEST_KEPT = 120


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("insteg.")]


def test_every_field_of_every_own_table_is_classified():
    assert every_field_is_classified(None) == []


def test_every_other_table_is_known():
    others = {model._meta.label for model in apps.get_models() if not model.__module__.startswith("insteg.")}
    assert others == set(OTHERS)


def test_what_is_about_people_is_kept_for_months_and_not_for_ever():
    for model in own_models():
        about_people = [name for kind in KINDS[1:] for name in getattr(model.Privacy, kind, ())]
        months = getattr(model.Privacy, "keep_months", None)
        assert bool(about_people) == (months is not None), model._meta.label
        assert months is None or 0 < months <= LONGEST_KEPT, model._meta.label


def test_whatever_points_at_a_person_is_personal():
    """A foreign key to a user, an address, a name of someone: never plain, whatever the table says."""
    for model in own_models():
        plain = set(model.Privacy.plain) if hasattr(model.Privacy, "plain") else set()
        people = {
            f.name
            for f in model._meta.fields
            if f.is_relation and f.related_model._meta.label_lower == "organisations.user"
        }
        secrets = {f.name for f in model._meta.fields if f.name in ("password", "digest", "token")}
        assert not plain & (people | secrets), model._meta.label


@isolate_apps("insteg.core")
def test_the_net_catches():
    class Bad(BaseModel):
        name = models.CharField()
        email = models.CharField()

        class Meta:
            app_label = "core"

        class Privacy:
            plain = {"email", "gone"}
            personal = {"email"}

    class Inheriting(Bad):
        class Meta:
            app_label = "core"

    assert faults(Inheriting) == ["has no class Privacy"]
    assert faults(Bad) == [
        "name is not classified",
        "gone is no field",
        "email is classified twice",
        "holds people's data but not for how many months",
    ]
