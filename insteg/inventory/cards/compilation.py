"""What the compilation says in words: what it is of, what it amounts to and what follows from that (R13)."""

from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.access.actor import Role
from insteg.core import clock
from insteg.inventory import access
from insteg.inventory.cards.history import counted
from insteg.inventory.cards.timeline import years
from insteg.inventory.lead_times import lead_times
from insteg.inventory.models import PlannedProcurement
from insteg.inventory.queries import compilation_reading as queries
from insteg.inventory.queries.compilation import Horizon, Quarter, Tally
from insteg.inventory.queries.compilation_reading import Reading
from insteg.inventory.queries.history import Counts
from insteg.inventory.queries.narrowing import LATE
from insteg.inventory.queries.occupations import NONE
from insteg.ui import figures
from insteg.ui.templatetags.insteg_ui import VERDICTS, in_words

Proposal = PlannedProcurement.Proposal


class Lead(NamedTuple):
    """The finding: `first` is what one is to remember."""

    first: str
    rest: str


class Finding(NamedTuple):
    """A sentence with links in it: parts of text, each with an address or none."""

    parts: list[tuple[str, str]]

    def __str__(self) -> str:
        return "".join(text for text, _href in self.parts)


def address(chosen: Any, **changed: Any) -> str:
    """The page with the same filter, but for what is changed; None takes a choice away."""
    kept = {name: value for name, value in {**chosen, **changed}.items() if value}
    return f"{reverse('inventory:compilation')}{f'?{urlencode(kept)}' if kept else ''}"


def title(reading: Reading, *, on_paper: bool = False) -> str:
    """Whoever reads a paper may be somebody else, so there it is nobody's own."""
    own = reading.actor.role == Role.PROCURING and not on_paper
    if reading.round is None:
        return _("Er sammanställning") if own else _("Sammanställning")
    said = _("Er sammanställning %(round)s") if own else _("Sammanställning %(round)s")
    return said % {"round": reading.round}


def meta(reading: Reading) -> str:
    """Which years, how many begin in others, how many have answered, and when this was so."""
    return " · ".join([*scope(reading), figures.moment(clock.now(), reading.today)])


def scope(reading: Reading) -> list[str]:
    parts = [_("Upphandlingar som börjar %(years)s") % {"years": years(reading.figures.horizon)}]
    if reading.figures.outside:
        said = ngettext(
            "%(count)s som börjar tidigare eller senare är inte med",
            "%(count)s som börjar tidigare eller senare är inte med",
            reading.figures.outside,
        )
        parts.append(said % {"count": figures.grouped(reading.figures.outside)})
    if reading.carried:
        said = ngettext(
            "%(count)s upphandlas gemensamt och räknas hos upphandlingsenheten",
            "%(count)s upphandlas gemensamt och räknas hos upphandlingsenheten",
            reading.carried,
        )
        parts.append(said % {"count": figures.grouped(reading.carried)})
    if reading.round is None:
        parts.append(_("ingen inventering är öppnad än"))
    elif reading.actor.role != Role.PROCURING:
        told = {"count": reading.round.answered, "all": reading.round.asked}
        parts.append(_("%(count)s av %(all)s har svarat") % told)
    return parts


def lead(found: Tally) -> Lead:
    """`13 av 40 planerade upphandlingar lämpar sig för sociala krav. Tillsammans kan de ge omkring 43 platser.`"""
    told = {"suitable": figures.grouped(found.suitable), "count": figures.grouped(found.total)}
    if not found.suitable:
        if found.total == 1:
            return Lead(_("Den enda planerade upphandlingen"), told_of_none(found))
        return Lead(_("Ingen av %(count)s planerade upphandlingar") % told, _("lämpar sig för sociala krav."))
    if found.total == 1:
        first, rest = _("Den enda planerade upphandlingen"), _("lämpar sig för sociala krav.")
    elif found.suitable == found.total:
        first, rest = _("Alla %(count)s") % told, _("planerade upphandlingar lämpar sig för sociala krav.")
    else:
        first = _("%(suitable)s av %(count)s") % told
        rest = ngettext(
            "planerad upphandling lämpar sig för sociala krav.",
            "planerade upphandlingar lämpar sig för sociala krav.",
            found.total,
        )
    return Lead(first, " ".join([rest, places_in_words(found)]))


def told_of_none(found: Tally) -> str:
    if found.needs_facts:
        return _("går inte att bedöma än.")
    return _("lämpar sig inte för sociala krav.")


def places_in_words(found: Tally) -> str:
    """How many places those that suit can give, and for how many of them nobody can reckon."""
    if found.unreckoned == found.suitable:
        return ngettext(
            "Hur många platser den kan ge går inte att räkna än.",
            "Hur många platser de kan ge går inte att räkna än.",
            found.suitable,
        )
    places = ngettext("omkring %(count)s plats", "omkring %(count)s platser", found.places)
    places %= {"count": figures.grouped(found.places)}
    if found.suitable == 1:
        return _("Den kan ge %(places)s.") % {"places": places}
    said = _("Tillsammans kan de ge %(places)s.") % {"places": places}
    if not found.unreckoned:
        return said
    without = ngettext(
        "För en av dem går antalet inte att räkna.",
        "För %(count)s av dem går antalet inte att räkna.",
        found.unreckoned,
    )
    return " ".join([said, without % {"count": in_words(found.unreckoned) if found.unreckoned > 1 else 1}])


def findings(reading: Reading, changes: Counts | None) -> list[Finding]:
    """What the reader is to know beyond the lead: at most five sentences, and none that says nothing."""
    found = [lacking(reading), busiest(reading), too_late(reading), no_start(reading), changed(reading, changes)]
    return [each for each in found if each]


# In a sentence: "För elva av dem är det avtalstiden som fattas."
THE_FACT = {
    "nature": gettext_lazy("slaget"),
    "extent_known": gettext_lazy("omfattningen"),
    "months": gettext_lazy("avtalstiden"),
    "option_months": gettext_lazy("uppgiften om förlängning"),
    "fte": gettext_lazy("antalet årsarbetare"),
}


def lacking(reading: Reading) -> Finding | None:
    """How many nobody can judge, and which fact is missing most often."""
    count = reading.figures.whole.needs_facts
    if not count:
        return None
    first = ngettext("%(count)s behöver uppgifter", "%(count)s behöver uppgifter", count)
    parts = [
        (first % {"count": figures.grouped(count)}, address(reading.chosen, proposal=Proposal.NEEDS_FACTS.value)),
        (" " + ngettext("innan den kan bedömas.", "innan de kan bedömas.", count), ""),
    ]
    gaps = [gap for gap in reading.figures.gaps if gap.field in THE_FACT]  # the start is told of by itself
    if gaps:
        widest = gaps[0]
        fact = {"fact": THE_FACT[widest.field], "count": in_words(widest.total) if widest.total > 1 else ""}
        if count == 1:
            said = _("Det är %(fact)s som saknas.") if len(gaps) == 1 else ""
        elif widest.total == count:
            said = _("För alla saknas %(fact)s.")
        else:
            said = ngettext(
                "För en av dem saknas %(fact)s.", "Oftast saknas %(fact)s: för %(count)s av dem.", widest.total
            )
        parts.append((f" {said % fact}" if said else "", ""))
    return Finding(parts)


NUMBERS = [gettext_lazy("första"), gettext_lazy("andra"), gettext_lazy("tredje"), gettext_lazy("fjärde")]


def quarter_in_words(quarter: Quarter) -> str:
    return _("%(number)s kvartalet %(year)s") % {"number": NUMBERS[quarter.number - 1], "year": quarter.year}


def busiest(reading: Reading) -> Finding | None:
    """The quarter in which most suitable ones begin, and when the first talk about them must be begun (R22)."""
    quarter, tally = max(reading.figures.quarters.items(), key=lambda each: each[1].suitable)
    if tally.suitable < 2:
        return None
    told = {"quarter": quarter_in_words(quarter), "count": in_words(tally.suitable)}
    said = _("Flest lämpliga börjar %(quarter)s: %(count)s.") % told
    parts = [(said, address(reading.chosen, year=quarter.year, quarter=quarter.number))]
    if tally.first:
        latest = lead_times(tally.first, reading.rules).latest_dialogue
        day = figures.day_long(latest, reading.today)
        begin = (
            _(" Den första dialogen om dem som hinner måste börja senast %(day)s.")
            if tally.late
            else _(" Den första dialogen om dem måste börja senast %(day)s.")
        )
        parts.append((begin % {"day": day}, ""))
    return Finding(parts)


def too_late(reading: Reading) -> Finding | None:
    """Those that suit but cannot have a requirement, by name, each with the day that has passed."""
    late, count = queries.too_late(reading), reading.figures.whole.late
    if not late:
        return None
    if count == 1:
        said = _(" lämpar sig, men kravet hinner inte med: dialogen skulle ha börjat senast %(day)s.")
        return Finding([link_to(late[0]), (said % {"day": should_have_begun(late[0], reading)}, "")])
    said = _("%(count)s lämpar sig, men kraven hinner inte med: ") % {"count": in_words(count).capitalize()}
    parts = [(said, "")]
    for number, row in enumerate(late):
        day = should_have_begun(row, reading)
        told = _(" (dialogen skulle ha börjat senast %(day)s)") if not number else " (%(day)s)"
        last = number == count - 1
        before = "" if not number else _(" och ") if last else ", "
        parts += [(before, ""), link_to(row), (told % {"day": day}, "")]
    more = count - len(late)
    if more:
        told = _("%(count)s till") % {"count": figures.grouped(more)}
        parts += [(_(" och "), ""), (told, address(reading.chosen, proposal=Proposal.SUITABLE.value, time=LATE))]
    return Finding([*parts, (".", "")])


def link_to(row: PlannedProcurement) -> tuple[str, str]:
    return row.title, reverse("inventory:detail", args=[row.pk])


def should_have_begun(row: PlannedProcurement, reading: Reading) -> str:
    assert row.start is not None
    return figures.day(lead_times(row.start, reading.rules).latest_dialogue, reading.today)


def no_start(reading: Reading) -> Finding | None:
    """How many may come to bear a requirement, but begin on a day that nobody has told (R22)."""
    found = reading.figures.no_start
    if found.not_suitable == found.total or reading.chosen.get("year") == NONE:
        return None
    said = ngettext("För en är starten okänd", "För %(count)s är starten okänd", found.total)
    link = said % {"count": in_words(found.total)}
    return Finding(
        [
            (link, address(reading.chosen, year=NONE, quarter=None)),
            (_(": där går det inte att se om kravet hinner med."), ""),
        ]
    )


def changed(reading: Reading, changes: Counts | None) -> Finding | None:
    """What has changed since the round before; where not all was looked at, at least how much (R14)."""
    if changes is None:
        return None
    told = counted(Counter(changes.kinds).elements())
    against = {"round": reading.before or reading.round}
    if not told:
        return Finding([(_("Inget har ändrats sedan svaren %(round)s.") % against, "")])
    told = _("minst %(what)s") % {"what": told} if changes.cut else told
    parts = [(_("Sedan svaren %(round)s: %(what)s.") % {**against, "what": told}, "")]
    if reading.actor.role in access.ANSWER.table:
        chosen = {"organisation": reading.chosen.get("organisation"), "since": (reading.before or reading.round).pk}
        query = urlencode({name: value for name, value in chosen.items() if value})
        parts += [(" ", ""), (_("Visa ändringarna"), f"{reverse('inventory:changes')}?{query}")]
    return Finding(parts)


def picture_title(horizon: Horizon) -> str:
    count = horizon.last_year - horizon.first_year + 1
    if count == 1:
        return _("Året %(year)s") % {"year": horizon.first_year}
    return ngettext("%(count)s år framåt", "%(count)s år framåt", count) % {"count": in_words(count).capitalize()}


class Sign(NamedTuple):
    kind: str
    text: str


def legend(found: Tally) -> list[Sign]:
    counts = {"yes": found.suitable, "unknown": found.needs_facts, "no": found.not_suitable}
    return [Sign(kind, f"{VERDICTS[kind][1]}, {figures.grouped(count)}") for kind, count in counts.items()]


def limit_in_words(reading: Reading) -> str:
    """What the dashed line of the picture means, or that it lies outside (R22)."""
    rules, limit = reading.rules, reading.figures.first_start_in_time
    months = rules.planning_months + rules.procurement_months
    horizon = reading.figures.horizon
    told = {
        "day": figures.day_long(limit, reading.today),
        "months": ngettext("%(count)s månad", "%(count)s månader", months) % {"count": in_words(months)},
    }
    if limit.year < horizon.first_year:
        return _("Alla kan hinna få ett krav: dialogen behöver börja %(months)s före start.") % told
    if limit.year > horizon.last_year:
        return _("För alla är det för sent för ett krav: dialogen behöver börja %(months)s före start.") % told
    return (
        _(
            "Till vänster om den streckade linjen är det för sent för ett krav: dialogen behöver börja %(months)s före"
            " start, och första start som hinner är %(day)s."
        )
        % told
    )


def heading(found: Tally) -> str:
    said = ngettext("En upphandling", "Alla %(count)s upphandlingar", found.total)
    return said % {"count": figures.grouped(found.total)}


def cut_in_words(found: Tally, shown: int) -> str:
    """Empty where all are shown."""
    if shown >= found.total:
        return ""
    return _("Här står de första %(shown)s.") % {"shown": figures.grouped(shown)}


LIST_KNOWS = ("organisation", "nature", "cpv", "year", "quarter", "proposal", "occupation", "time")


def list_address(chosen: Any) -> str:
    """The list of planned procurements with the same filter; it knows no rounds."""
    kept = {name: chosen[name] for name in LIST_KNOWS if chosen.get(name)}
    return f"{reverse('inventory:list')}{f'?{urlencode(kept)}' if kept else ''}"


class File(NamedTuple):
    href: str
    word: str
    icon: str


FILES = {"xlsx": ("Excel", "table"), "docx": ("Word", "file-text"), "pdf": ("PDF", "printer")}


def files(reading: Reading) -> list[File]:
    """Where the same compilation is fetched as a file, with the same filter."""
    query = urlencode(reading.chosen)
    found = []
    for kind, (word, icon) in FILES.items():
        href = reverse("inventory:compilation_file", args=[kind])
        found.append(File(f"{href}?{query}" if query else href, word, icon))
    return found


class Empty(NamedTuple):
    """Why there is nothing, and what to do about it."""

    icon: str
    title: str
    text: str
    href: str
    action: str


def empty(reading: Reading, *, narrowed: bool) -> Empty:
    if narrowed:
        clear = address({"runda": reading.chosen.get("runda")})
        return Empty("search-x", _("Inga upphandlingar passar filtret"), "", clear, _("Rensa filtret"))
    horizon = {"years": years(reading.figures.horizon)}
    title = _("Inget är anmält som börjar %(years)s") % horizon
    if reading.actor.role in access.REPORT.table:
        text = _("Läs in kalkylbladet som ni redan har, eller lägg till en upphandling i taget.")
        return Empty("inbox", title, text, reverse("inventory:list"), _("Till planerade upphandlingar"))
    text = _("Sammanställningen fylls när förvaltningar och bolag anmäler vad de ska köpa.")
    return Empty("inbox", title, text, reverse("inventory:rounds"), _("Till inventeringen"))
