"""What the words of a heading say that its column holds, in the registers of agreements that cities keep."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader import headings as plan_headings
from insteg.inventory.plan_reader.reading import gettext_noop as _
from insteg.inventory.plan_reader.wording import words

# What a column may be read as, in the words of the page. Marked for translation; translate when shown.
FIELDS: Final[Mapping[str, str]] = {
    "title": _("Avtal"), "reference": _("Avtalsnummer"), "supplier": _("Leverantör"), "start": _("Första dag"),
    "end": _("Sista dag"), "prolonged": _("Förlängt till"), "end_latest": _("Sista dag med förlängning"),
    "option": _("Möjlig förlängning"),
    "period": _("Avtalstid"), "value": _("Värde"), "value_year": _("Värde per år"), "cpv": _("CPV-kod"),
    "nature": _("Slag"), "organisation": _("Organisation"), "status": _("Status"),
}  # fmt: skip
_ENDS: Final = r"slut\w*|upphor\w*|utgar|utgang\w*|loper ut|t o m|tom|till( och med)?|sista( avtals)?dag\w*|forfall\w*"
_MORE: Final = r"(option\w*|forlang\w*|prolong\w*)"
_NOT_DATED: Final = (
    r"uppsag|bevak|besked|utnyttj|utlos|senast|meddela|paminn|tecknad|annons|tilldel|anbud|onska|planera|berakna"
)
_NO_NAME: Final = r"nummer|\bnr\b|\bid\b|\borg|datum|typ|status|ansvar|leverantor|kategori kod|person"

# The field, how strongly the words say so (10 is plain speech), the words, and the words that gainsay it.
_RULES: Final = tuple(
    (field, weight, re.compile(said), re.compile(but) if but else None)
    for field, weight, said, but in (
        ("title", 10, r"\b(avtal|avtalet|avtals|kontrakt|kontrakts)s? ?(namn\w*|titel\w*|rubrik\w*|benamning\w*)\b"
                      r"|^(titel|rubrik|\w*benamning\w*)$", _NO_NAME),
        ("title", 9, r"^(avtal|avtalet|kontrakt|avtal avser|avtalet avser|avser|avtal avseende|avtalsforemal|foremal"
                     r"|namn|namn pa avtal\w*|avtal upphandling|upphandling\w*|contract( name| title)?|title|name)$",
         r"nr\b|nummer|\bid\b|upphandlingsform"),
        ("title", 6, r"^(beskrivning|kort beskrivning|avtalsbeskrivning|avtalsomrade\w*|omrade|varugrupp|produktomrade"
                     r"|inkopsomrade|innehall|arende\w*|vara tjanst|tjanst|tjanst vara)$", r"nr\b|nummer|\bid\b"),
        ("reference", 10, r"\b(avtals?|kontrakts?) ?(id|nr|nummer|nummret)\b|^contract (id|number|no)$", r"leverantor"),
        ("reference", 8, r"\bdiarie\w*|\bdnr\b|\barende ?(nr|nummer|id)\b|^referens( ?nr| ?nummer)?$|^ref( nr)?$",
         r"person|datum"),
        ("reference", 6, r"\b(upphandlings?|projekt) ?(id|nr|nummer)\b|diarienummer upphandling", r""),
        ("reference", 4, r"^(id|nummer)$", r""),
        ("supplier", 10, r"leverantor\w*|\bmotpart\w*|avtalspart\w*|entreprenor\w*|utforare|^(supplier|vendor|foretag"
                         r"|bolagsnamn|leverantorsnamn)$",
         r"nummer|\bnr\b|\borg\w*|kontakt|person|post|telefon|adress|ansvar|\bid\b|antal|reskontra|land|webb|form"),
        ("start", 10, r"(avtal\w*|kontrakt\w*) ?(start\w*|borja\w*|fran|from|fr o m|galler fran)|startdatum"
                      r"|giltig\w* (fran|from|fr o m)|galler (fran|from|fr o m)|datum (fran|from|fr o m)"
                      r"|(fran|from|fr o m) ?datum|(period|tid)\w* (start|fran|from)|forsta (avtals)?dag|contract start"
                      r"|start ?date", rf"{_MORE}|{_NOT_DATED}|upphandlingsstart"),
        ("start", 7, r"^(start|fran|fran och med|from|fr o m|borjar|gallande fran|trader i kraft)"
                     r"( (avtal|kontrakt)\w*)?$",
         r""),
        ("end", 10, rf"(avtal\w*|kontrakt\w*|giltig\w*|galler|gallande|datum|period\w*|tid) ?({_ENDS})\b|slutdatum"
                    rf"|^({_ENDS}) ?(datum|avtal\w*)?$|sista (avtals|giltighets)?dag|loper (ut|till|t o m)"
                    r"|utgangsdatum|forfallodatum|(t o m|tom) ?datum|contract end|end ?date|expir\w*",
         rf"{_MORE}|max|langst|inkl|{_NOT_DATED}"),
        ("prolonged", 12, r"\b(har )?(forlangt|forlangts|forlangd|prolongerat) (till( och med)?|t o m|tom)\b",
         r"kan|max"),
        ("end_latest", 10, rf"{_MORE}.*\b({_ENDS}|datum|langst)\b"
                           rf"|\b(max\w*|langst\w*|yttersta|sista|\w*slut\w*|{_ENDS})\b.*{_MORE}"
                           r"|(max\w*|langst\w*|yttersta|senaste mojliga|totalt?) ?.*\b(slut\w*|t o m|tom|till"
                           r"|loper ut|sista dag|avtalstid (t o m|till))\b",
         r"uppsag|bevak|besked|utnyttj|utlos|meddela|antal|varde|belopp|\bman\b|manad|\bar\b"),
        ("option", 9, _MORE, r"uppsag|bevak|besked|utnyttj|utlos|meddela|varde|belopp|senast|inkl|exkl|forlangt?$|"
                             r"forlangd|ant utn|^antal (forlangning|option)\w*$"),
        ("period", 9, r"\b(avtals?|kontrakts?|giltighets?|lop) ?(tid|period|langd|giltighet)\w*|^(period|loptid"
                      r"|giltighet|langd|avtalstid .*)$", r"\b(start\w*|slut\w*|fran|till|tom|t o m|datum)\b|uppsag"),
        ("organisation", 8, r"forvaltning\w*|\bnamnd\w*|verksamhet\w*|\benhet\w*|avtalsagande|organisation\w*|kopare"
                            r"|upphandlande myndighet|bestallande",
         r"nummer|\bnr\b|person|leverantor|agare$|forvaltare"),
        ("status", 8, r"^(status\w*|avtalsstatus|lage|fas)$", r""),
    )
)  # fmt: skip
_FROM_PLANS: Final = {"value": "value", "value_max": "value", "value_year": "value_year", "cpv": "cpv"}
_NATURE: Final = re.compile(r"slag\b|\btyp|kategori|\bart\b|vara tjanst|nature")


@lru_cache(maxsize=4096)
def roles(heading: str) -> dict[str, int]:
    """What the column may be by its heading, with the weight of the words. What plans call money and codes, registers
    call the same."""
    plain = words(heading)
    found: dict[str, int] = {}
    for field, weight, said, gainsaid in _RULES:
        if weight > found.get(field, 0) and said.search(plain) and not (gainsaid and gainsaid.search(plain)):
            found[field] = weight
    for role, weight in plan_headings.roles(heading).items():
        field = _FROM_PLANS.get(role, "")
        if field and weight > found.get(field, 0) and not re.search(_MORE, plain):
            found[field] = weight
    if _NATURE.search(plain):
        found["nature"] = 6
    return found


def strongest(heading: str) -> str | None:
    found = roles(heading)
    return max(found, key=found.__getitem__) if found else None
