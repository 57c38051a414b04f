"""What the words of a heading say that its column holds. Only the words: `columns` weighs them against the content."""

import re
from functools import lru_cache
from typing import Final

from insteg.inventory.plan_reader.vocabulary import PARTS, RULES
from insteg.inventory.plan_reader.wording import words

_PERSON: Final = r"""
    \b(kontakt\w*|handlagg\w*|upphandlare\w*|inkopare|projektledare|projekt ledare|bestallare|bestallarombud
    |ombud|ansvarig\w*|ansv|uppdragsledare|sakkunnig\w*|referensperson\w*|referensgrupp\w*|avtalsansvarig\w*
    |avtalsagare|avtalsforvaltare|avtalscontroller|agare|systemagare|projektagare|uppdragsgivare|telefon\w*|tfn
    |tel|telnr|mobil\w*|e ?post\w*|epost\w*|e ?mail|mail\w*|epostadress|personnummer|person nr|personnr|fornamn
    |efternamn|signatur|sign|attest\w*|granskare|chef\w*|enhetschef\w*|upprattad av|registrerad av|inlagd av
    |skapad av|rapportor|uppgiftslamnare|resurs namn|namn(et)? pa (person|handlaggare|kontakt\w*|ansvarig\w*
    |bestallare)|byggledare|projektor|forman|lankperson|fragor till|fragor besvaras av|controller|forvaltare
    |objektagare|budgetansvarig\w*|namn kontakt\w*|upphandlingsledare|inkopsansvarig|ifylld av
    |upphandlingsansvarig\w*|person|personer ansvariga|kontaktuppgift\w*|adress|upplagd av|lamnad av
    |lamnat av)\b
"""
_NO_PERSON: Final = r"""
    \b(ansvarig|bestallande|ansvarande|agande|kontaktande) (forvaltning|enhet|namnd|avdelning|bolag|verksamhet
    |organisation|kontor|sektor)
    |\b(forvaltning|enhet|avdelning|bolag)( ansvarig)?$|antal kontakt|kontaktlins|mailsystem|telefoni
    |ansvarsomrade|ansvarsforsakring|webbadress|antal ansvarig
"""
_TELEPHONE: Final = re.compile(r"\b(telefon\w*|tfn|tel|telnr|mobil\w*)\b")
_MAIL: Final = re.compile(r"\b(e ?post\w*|epost\w*|e ?mail|mail\w*)\b")


def _joined(lines: str) -> str:
    return "".join(line.strip() for line in lines.splitlines())


def _pattern(lines: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\b[A-Z_]{5,}\b", lambda name: _joined(PARTS[str(name[0])]), _joined(lines)))


DATED_VALUE: Final = 6  # the weight of a heading of money that names a year
_COMPILED: Final = tuple(
    (role, weight, _pattern(said), _pattern(but) if but else None) for role, weight, said, but in RULES
)
_OF_PERSON: Final = _pattern(_PERSON)
_OF_NO_PERSON: Final = _pattern(_NO_PERSON)


@lru_cache(maxsize=4096)
def roles(heading: str) -> dict[str, int]:
    """What the column may be by its heading, with the weight of the words."""
    plain = words(heading)
    if not plain:
        return {}
    found: dict[str, int] = {}
    for role, weight, said, gainsaid in _COMPILED:
        if weight > found.get(role, 0) and said.search(plain) and not (gainsaid and gainsaid.search(plain)):
            found[role] = weight
    return found


@lru_cache(maxsize=4096)
def names_person(heading: str) -> str | None:
    """ "person", "telephone" or "mail" when the heading says that its column is about one, else None."""
    plain = words(heading)
    if not _OF_PERSON.search(plain) or _OF_NO_PERSON.search(plain):
        return None
    return "telephone" if _TELEPHONE.search(plain) else "mail" if _MAIL.search(plain) else "person"


_WITH_OPTION: Final = re.compile(r"\b(option\w*|forlangning\w*)\b")
_WITHOUT_OPTION: Final = re.compile(r"\b(exkl\w*|utan|ej|exklusive) (\w+ )?(option\w*|forlangning\w*)")


def includes_options(heading: str) -> bool:
    """A heading of lengths that says that options stand in the same cells: "Avtalslängd inkl option"."""
    plain = words(heading)
    return bool(_WITH_OPTION.search(plain)) and not _WITHOUT_OPTION.search(plain)


def options_in_brackets(heading: str) -> bool:
    """A heading of lengths that explains the bracket in its cells: "Löptid mån (option)" over "24 (12)"."""
    return bool(re.search(r"\b(option\w*|forlangning\w*)$", words(heading))) and not re.search(
        r"\b(in|ex)kl|\b(utan|varav|med)\b", words(heading)
    )


def excludes_options(heading: str) -> bool:
    return bool(_WITHOUT_OPTION.search(words(heading)))


def within_length(heading: str) -> bool:
    """A column of options that stands for a part of the length beside it: "Varav option"."""
    return bool(re.search(r"^(varav|dar ?av)\b", words(heading)))


def bare_end(heading: str) -> bool:
    """ "Slutdatum" alone is the agreement's only beside a start that is as bare."""
    return roles(heading).get("end", 0) < 9


def limits_value(heading: str) -> str | None:
    """A single value column that holds a ceiling or a floor rather than an estimate."""
    found = roles(heading)
    return next((role for role in ("value_max", "value_min") if role in found), None)
