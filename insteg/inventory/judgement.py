"""Does it suit? The four criteria of R20, each yes, no or not known with its reason; the whole is a proposal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.core.models import label_of
from insteg.inventory.models import PlannedProcurement
from insteg.process.models import Nature, RuleSet
from insteg.process.wording import natures_in_words

Answer = Literal["yes", "no", "unknown"]
Proposal = PlannedProcurement.Proposal
Words = Callable[[], str]


@dataclass(frozen=True)
class Criterion:
    """One question with its answer and the sentence that says why. `missing` names the field that would settle it.

    The words are put together when someone reads them: lists and imports judge thousands and want the answer alone.
    """

    key: str
    ask: Words
    answer: Answer
    say: Words
    missing: str = ""

    @property
    def question(self) -> str:
        return self.ask()

    @property
    def reason(self) -> str:
        return self.say()


@dataclass(frozen=True)
class Judgement:
    criteria: tuple[Criterion, ...]

    @property
    def proposal(self) -> Proposal:
        """One no is enough for no; otherwise one unknown is enough to need facts."""
        answers = {criterion.answer for criterion in self.criteria}
        if "no" in answers:
            return Proposal.NOT_SUITABLE
        return Proposal.NEEDS_FACTS if "unknown" in answers else Proposal.SUITABLE

    @property
    def missing(self) -> list[str]:
        return [criterion.missing for criterion in self.criteria if criterion.missing]


def judge(planned: PlannedProcurement, rules: RuleSet) -> Judgement:
    """Reads the row's facts and nothing else; no query."""
    return Judgement(tuple(ask(planned, rules) for ask in (by_nature, by_extent, by_length, by_staffing)))


def by_nature(planned: PlannedProcurement, rules: RuleSet) -> Criterion:
    """The one nature that is told, or that the CPV code's division gives (codes/nature.py): a lease of goods is
    supplies as in LOU 1:24, one of premises services. Two natures at once are none until somebody says which."""

    def question() -> str:
        return natures_in_words(rules)

    def name() -> str:
        said = label_of(Nature, planned.nature)
        if planned.nature_inferred:
            return _("%(nature)s, härlett ur CPV-kod %(cpv)s") % {"nature": said, "cpv": planned.cpv}
        return said

    if not planned.nature:
        return Criterion("nature", question, "unknown", lambda: not_told(planned, "nature"), "nature")
    if planned.nature in rules.natures:
        return Criterion("nature", question, "yes", lambda: f"{name()}.")
    return Criterion(
        "nature",
        question,
        "no",
        lambda: _("%(nature)s. Det slaget lämpar sig inte enligt modellen.") % {"nature": name()},
    )


def by_extent(planned: PlannedProcurement, rules: RuleSet) -> Criterion:
    """What the organisation has said decides. Otherwise a framework's extent is not known until stated (R20)."""

    def so(answer: Answer, reason: Words) -> Criterion:
        missing = "extent_known" if answer == "unknown" else ""
        return Criterion("extent", lambda: _("Känd omfattning"), answer, reason, missing)

    if planned.extent_known is True:
        return so("yes", lambda: _("Organisationen har sagt att omfattningen är känd."))
    if planned.extent_known is False:
        return so("unknown", lambda: _("Organisationen har sagt att omfattningen inte är känd än."))
    if planned.framework and not rules.framework_extent_known:
        return so("unknown", lambda: _("Ett ramavtals omfattning räknas som okänd tills någon har angett den."))
    if planned.fte is not None:
        return so("yes", lambda: _("Bemanningen är angiven."))
    if planned.value_min is not None or planned.value_max is not None:
        return so("yes", lambda: _("Värdet är angivet."))
    return so("unknown", lambda: _("Varken värde eller bemanning är angiven."))


def by_length(planned: PlannedProcurement, rules: RuleSet) -> Criterion:
    """Months without options. Long enough only with options is a question to ask, not a yes.

    Too short without options is no only when nobody can prolong it: an option that is not told may be long enough.
    """
    least, months, options = rules.min_months, planned.months, planned.option_months

    def question() -> str:
        return ngettext("Minst %(count)d månad", "Minst %(count)d månader", least) % {"count": least}

    if months is None:
        return Criterion("length", question, "unknown", lambda: not_told(planned, "months"), "months")
    if months >= least:
        return Criterion("length", question, "yes", lambda: long_enough(months, options or 0))
    if options is None:
        return Criterion("length", question, "unknown", lambda: perhaps_longer(planned, months), "option_months")
    if months + options >= least:
        return Criterion(
            "length",
            question,
            "unknown",
            lambda: _("%(length)s, och lång nog bara om den förlängs. Blir den det?") % {"length": in_months(months)},
            "months",
        )
    return Criterion("length", question, "no", lambda: _("%(length)s är för kort.") % {"length": in_months(months)})


def long_enough(months: int, options: int) -> str:
    said = {"length": in_months(months), "more": in_months(options)}
    if options:
        return _("%(length)s, med möjlig förlängning %(more)s.") % said
    return _("%(length)s utan förlängning.") % said


def perhaps_longer(planned: PlannedProcurement, months: int) -> str:
    if "option_months" in planned.unknown_fields:
        said = _("%(length)s. Organisationen vet inte än om den går att förlänga.")
    else:
        said = _("%(length)s. Går den att förlänga?")
    return said % {"length": in_months(months)}


def by_staffing(planned: PlannedProcurement, rules: RuleSet) -> Criterion:
    """The average over the assignment."""

    def question() -> str:
        if rules.more_than_fte == 1:
            return _("Mer än en heltid")
        return _("Mer än %(bound)s årsarbetare") % {"bound": as_number(rules.more_than_fte)}

    fte = planned.fte
    if fte is None:
        return Criterion("staffing", question, "unknown", lambda: not_told(planned, "fte"), "fte")
    words = {"fte": as_number(fte), "bound": as_number(rules.more_than_fte)}
    if fte > rules.more_than_fte:
        return Criterion("staffing", question, "yes", lambda: _("Omkring %(fte)s årsarbetare i snitt.") % words)
    return Criterion(
        "staffing",
        question,
        "no",
        lambda: _("Omkring %(fte)s årsarbetare i snitt. Det ska vara fler än %(bound)s.") % words,
    )


MISSING = {
    "nature": (gettext_lazy("Slaget är inte angivet."), gettext_lazy("Organisationen vet inte slaget än.")),
    "months": (gettext_lazy("Avtalstiden är inte angiven."), gettext_lazy("Organisationen vet inte avtalstiden än.")),
    "fte": (gettext_lazy("Bemanningen är inte angiven."), gettext_lazy("Organisationen vet inte bemanningen än.")),
}


def not_told(planned: PlannedProcurement, field: str) -> str:
    """Not said and said to be unknown are two things: the first can be asked for at once."""
    not_said, said_unknown = MISSING[field]
    return str(said_unknown if field in planned.unknown_fields else not_said)


def in_months(count: int) -> str:
    return ngettext("%(count)d månad", "%(count)d månader", count) % {"count": count}


def as_number(value: Decimal | int) -> str:
    """2.5 is "2,5" and 2.0 is "2"."""
    exact = Decimal(value)
    return str(number_format(exact if exact % 1 else int(exact)))


LABELS: dict[str, Callable[[], str]] = {
    "nature": lambda: _("slag"),
    "extent_known": lambda: _("omfattning"),
    "months": lambda: _("avtalstid"),
    "option_months": lambda: _("förlängning"),
    "fte": lambda: _("årsarbetare"),
    "framework": lambda: _("ramavtal"),
    "value_min": lambda: _("lägsta värde"),
    "value_max": lambda: _("värde"),
    "start": lambda: _("avtalsstart"),
}


def missing_words(judgement: Judgement) -> str:
    """The facts to ask for, as a row of words: "avtalstid och årsarbetare"."""
    return facts_in_words(judgement.missing)


def facts_in_words(fields: Iterable[str]) -> str:
    """Names of facts as people call them, the last after "och"."""
    words = [LABELS[field]() for field in fields]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
