"""Form fields that read what people in Swedish offices write, and refuse what could mean two things."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insteg.core import clock
from insteg.ui.figures import MONTHS_LONG, MONTHS_SHORT, NBSP, grouped, language

SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
MONTH_NUMBERS = {
    name: number
    for names in (*MONTHS_LONG.values(), *MONTHS_SHORT.values())
    for number, name in enumerate((name.lower() for name in names), start=1)
} | {"febr": 2, "sept": 9, "okt": 10, "oct": 10}


def tidy(text: str) -> str:
    """One plain space between words, whatever kind of space was pasted."""
    return SPACES.sub(" ", text).strip()


class TextField(forms.Field):
    """What the fields below have in common: a text input of fitting width, and their hint when none is given."""

    widget = forms.TextInput
    hint: Any = ""
    attrs: dict[str, str] = {}
    longest = 100

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.hint)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", **self.attrs}

    def read(self, text: str) -> Any:
        """The value of a text that is not empty. Raises ValidationError with a sentence on how to write it."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = tidy(value)
        if len(text) > self.longest:
            raise ValidationError(_("Skriv högst %(count)s tecken.") % {"count": self.longest}, code="max_length")
        return self.read(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class SwedishDateField(TextField):
    """A day. Reads 2027-03-01, 20270301, 1 mars 2027, 1 mar 2027, 1/3 2027, 1/3-27 and 1.3.2027; always day first.

    `coming`: for a day that lies ahead, so 1/12 and 30 nov are the next such day. `month_is_enough`: april 2027 and
    2027-04 are the first of that month, as in a sheet that is read in.
    A text field, since the browser's own date field follows the browser's language and not the page's.
    """

    hint = gettext_lazy("Till exempel 2027-03-01 eller 1 mars 2027.")
    month_hint = gettext_lazy("Till exempel 2027-03-01 eller mars 2027.")
    attrs = {"data-width": "date"}

    PATTERNS = (
        re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
        re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
        re.compile(r"(?:den )?(?P<day>\d{1,2})(?::?[ea]|st|nd|rd|th)? (?P<word>[a-zåäö]+)\.?,? (?P<year>\d{4})"),
        re.compile(r"(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})(?: |-| -|/|, )(?P<year>\d{4}|\d{2})"),
        re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
    )
    WITHOUT_YEAR = (
        re.compile(r"(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})"),
        re.compile(r"(?:den )?(?P<day>\d{1,2})(?::?[ea]|st|nd|rd|th)? (?P<word>[a-zåäö]+)\.?"),
    )
    MONTH_ALONE = (
        re.compile(r"(?P<word>[a-zåäö]+)\.?,? (?P<year>\d{4})"),
        re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    )

    def __init__(self, *, coming: bool = False, month_is_enough: bool = False, **kwargs: Any) -> None:
        self.coming, self.month_is_enough = coming, month_is_enough
        if month_is_enough:
            kwargs.setdefault("help_text", self.month_hint)
        super().__init__(**kwargs)

    def read(self, text: str) -> dt.date:
        if parts := self.parts(self.PATTERNS, text):
            return self.day(text, parts)
        if self.month_is_enough and (parts := self.parts(self.MONTH_ALONE, text)):
            return self.day(text, {**parts, "day": "1"})
        if parts := self.parts(self.WITHOUT_YEAR, text):
            return self.next_such(text, parts)
        raise ValidationError(_("”%(text)s” är inget datum. Skriv till exempel 1 mars 2027.") % {"text": text})

    @staticmethod
    def parts(patterns: Iterable[re.Pattern[str]], text: str) -> dict[str, str | None] | None:
        return next((match.groupdict() for each in patterns if (match := each.fullmatch(text.lower()))), None)

    def next_such(self, text: str, parts: Mapping[str, str | None]) -> dt.date:
        if not self.coming:  # the day may as well be a past one
            raise ValidationError(_("Skriv året också, till exempel 1 mars 2027."), code="invalid")
        today = clock.today()
        day = self.day(text, {**parts, "year": str(today.year)})
        return day if day >= today else self.day(text, {**parts, "year": str(today.year + 1)})

    def day(self, text: str, parts: Mapping[str, str | None]) -> dt.date:
        word = parts.get("word")
        month = MONTH_NUMBERS.get(word, 0) if word else int(parts["month"] or 0)
        year = int(parts["year"] or 0)
        year += 2000 if year < 100 else 0
        number = int(parts["day"] or 0)
        if not 1 <= month <= 12:
            raise ValidationError(_("”%(text)s” är inget datum. Skriv till exempel 1 mars 2027.") % {"text": text})
        if year < 1900:
            raise ValidationError(_("Året %(year)s är för långt bort.") % {"year": year})
        last = calendar.monthrange(year, month)[1]
        if not 1 <= number <= last:
            named = {"month": MONTHS_LONG[language()][month - 1].capitalize(), "last": last, "year": year}
            raise ValidationError(_("%(month)s har %(last)s dagar %(year)s. Skriv till exempel 1 mars 2027.") % named)
        return dt.date(year, month, number)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value


class SwedishTimeField(TextField):
    """A time of day. Reads 13.00, 13:00, 1300, 9 and kl. 9.30. A datetime is shown as its time in Sweden."""

    hint = gettext_lazy("Till exempel 13.00.")
    attrs = {"data-width": "date"}
    PATTERN = re.compile(r"(?:kl\.? ?)?(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))?")

    def read(self, text: str) -> dt.time:
        found = self.PATTERN.fullmatch(text.lower())
        try:
            return dt.time(int(found["hour"]), int(found["minute"] or 0)) if found else self.unread(text)
        except ValueError:
            return self.unread(text)

    @staticmethod
    def unread(text: str) -> dt.time:
        raise ValidationError(_("”%(text)s” är inget klockslag. Skriv till exempel 13.00.") % {"text": text})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            value = localtime(value)
        return f"{value:%H.%M}" if isinstance(value, dt.datetime | dt.time) else value


NUMBER = re.compile(r"(?P<whole>\d{1,3}(?: \d{3})+|\d+)(?:(?P<mark>[.,])(?P<rest>\d+))?")


def number(text: str) -> Decimal | None:
    """The value of `1 200`, `4,5` or `4.5`; None when it is no number. Says no to 1.200 and 1,200: which is it?"""
    match = NUMBER.fullmatch(text)
    if not match:
        return None
    whole, rest = match["whole"].replace(" ", ""), match["rest"] or ""
    if len(rest) == 3 and len(whole) <= 3 and " " not in match["whole"] and whole.strip("0"):
        said = _("”%(text)s” kan vara två olika tal. Skriv %(one)s eller %(other)s.")
        one, other = grouped(int(whole + rest)), f"{whole},{rest.rstrip('0') or '0'}"
        raise ValidationError(said % {"text": text, "one": one, "other": other}, code="ambiguous")
    return Decimal(f"{whole}.{rest or 0}")


def typed(value: int | Decimal) -> str:
    """A number as a form shows it: always with spaces, since 1,200 in an English page could not be read back."""
    text = f"{value:,}".replace(",", NBSP)
    return text if language() == "en" else text.replace(".", ",")


class BetweenField(TextField):
    """A number with a floor and a ceiling, both allowed values."""

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(_("Minst %(limit)s.") % {"limit": grouped(self.min_value)}, code="min_value")
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(_("Högst %(limit)s.") % {"limit": grouped(self.max_value)}, code="max_value")

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, int | Decimal) else value


class WholeNumberField(BetweenField):
    """A whole number, at least 0 unless told otherwise. Reads `12` and `1 200`."""

    attrs = {"inputmode": "numeric", "data-width": "number"}

    def read(self, text: str) -> int:
        value = number(text)
        if value is None or value != int(value):
            raise ValidationError(_("”%(text)s” är inget helt tal. Skriv till exempel 12.") % {"text": text})
        return int(value)


class SwedishDecimalField(BetweenField):
    """A number with decimals, at least 0 unless told otherwise. Reads `4,5` and `4.5`; gives a Decimal."""

    attrs = {"inputmode": "decimal", "data-width": "number"}

    def __init__(self, *, decimal_places: int = 2, **kwargs: Any) -> None:
        self.decimal_places = decimal_places
        super().__init__(**kwargs)

    def read(self, text: str) -> Decimal:
        value = number(text)
        if value is None:
            raise ValidationError(_("”%(text)s” är inget tal. Skriv till exempel 4,5.") % {"text": text})
        if -int(value.normalize().as_tuple().exponent) > self.decimal_places:
            said = ngettext("Högst %(count)s decimal.", "Högst %(count)s decimaler.", self.decimal_places)
            raise ValidationError(said % {"count": self.decimal_places}, code="decimals")
        return value


class MoneyField(BetweenField):
    """An amount in whole kronor. Reads `3 500 000`, `3 500 000 kr`, `3,5 mkr`, `250 tkr`; shows `3 500 000`.

    A small number without a unit is asked about: `46` in a box for an estimated value is seldom forty-six kronor.
    """

    hint = gettext_lazy("Till exempel 3,5 mkr eller 250 000 kr.")
    attrs = {"data-width": "money"}

    UNITS = {
        "": 1, "kr": 1, "kronor": 1, "sek": 1, ":-": 1,
        "tkr": 1_000, "kkr": 1_000, "ksek": 1_000, "tusen kr": 1_000, "tusen kronor": 1_000,
        "mkr": 1_000_000, "mnkr": 1_000_000, "msek": 1_000_000, "mn kr": 1_000_000, "milj kr": 1_000_000,
        "miljoner": 1_000_000, "miljoner kr": 1_000_000, "miljoner kronor": 1_000_000, "miljon kronor": 1_000_000,
        "mdkr": 1_000_000_000, "mdr": 1_000_000_000, "miljarder": 1_000_000_000, "miljarder kronor": 1_000_000_000,
    }  # fmt: skip
    AMOUNT = re.compile(r"(?:sek )?(?P<number>\d[\d ]*(?:[.,]\d+)*) ?(?P<unit>[a-z:\- ]*)\.?")

    def read(self, text: str) -> int:
        match = self.AMOUNT.fullmatch(text.lower())
        unit = match["unit"].strip() if match else ""
        if not match or unit not in self.UNITS:
            raise ValidationError(_("”%(text)s” är inget belopp. Skriv till exempel 3,5 mkr.") % {"text": text})
        value = self.amount(text, match["number"].strip())
        if not unit and 0 < value < 1_000:
            said = _("Menar du %(value)s kr eller %(value)s mkr? Skriv enheten.")
            raise ValidationError(said % {"value": str(value.normalize()).replace(".", ",")}, code="ambiguous")
        kronor = value * self.UNITS[unit]
        if kronor != int(kronor):
            raise ValidationError(_("Skriv i hela kronor, utan ören."), code="invalid")
        return int(kronor)

    def amount(self, text: str, digits: str) -> Decimal:
        if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}", digits):  # 3.500.000 can only be thousands
            digits = re.sub(r"[.,]", "", digits)
        value = number(digits)
        if value is None:
            raise ValidationError(_("”%(text)s” är inget belopp. Skriv till exempel 3,5 mkr.") % {"text": text})
        return value


class MonthsField(BetweenField):
    """A length in whole months. Reads `24`, `24 mån`, `2 år`, `1,5 år` and `1 år 6 mån`."""

    hint = gettext_lazy("Till exempel 24 mån eller 2 år.")
    attrs = {"data-width": "number"}

    LENGTH = re.compile(
        r"(?:(?P<years>\d+(?:[.,]\d+)?) ?(?:år|y|yr|yrs|year|years)\b\.?)?(?: ?(?:och|and|,)? ?)??"
        r"(?:(?P<months>\d+) ?(?:mån|mån\.|månad|månader|m|months?|mo)?\.?)?"
    )

    def read(self, text: str) -> int:
        match = self.LENGTH.fullmatch(text.lower())
        if not match or not (match["years"] or match["months"]):
            raise ValidationError(_("”%(text)s” är ingen längd. Skriv till exempel 24 mån.") % {"text": text})
        months = Decimal((match["years"] or "0").replace(",", ".")) * 12 + int(match["months"] or 0)
        if months != int(months):
            raise ValidationError(_("Skriv i hela månader."), code="invalid")
        return int(months)


class Answer(Enum):
    """What is neither a value nor an empty box."""

    UNKNOWN = "unknown"


UNKNOWN = Answer.UNKNOWN


class UnknownWidget(forms.MultiWidget):
    template_name = "ui/forms/unknown.html"
    use_fieldset = False

    def __init__(self, widget: forms.Widget) -> None:
        super().__init__({"": widget, "unknown": forms.CheckboxInput()})

    def decompress(self, value: Any) -> list[Any]:
        return ["", True] if value is UNKNOWN else [value, False]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        box = context["widget"]["subwidgets"][1]["attrs"]
        box.pop("aria-describedby", None)  # the hint is on how to write the value; the box needs none
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class UnknownableField(forms.Field):
    """A field beside which one can say "vet inte": UnknownableField(MoneyField(required=False), label=...).

    cleaned_data holds the value, None (nothing said) or UNKNOWN (said not to know); `told` parts them for an action.
    A required one wants either. Who finds the box ticked since before and writes a value has answered: the value holds.
    """

    def __init__(self, field: forms.Field, **kwargs: Any) -> None:
        self.inner = field
        kwargs.setdefault("required", field.required)
        kwargs.setdefault("help_text", field.help_text)
        kwargs.setdefault("label", field.label)
        field.required = False
        super().__init__(widget=UnknownWidget(field.widget), **kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was sent, the box unticked when it was ticked since before and a value was written beside it."""
        typed = data[0] if isinstance(data, list | tuple) else data
        was_unknown = initial is UNKNOWN and typed not in self.empty_values
        return [typed, False] if was_unknown else super().bound_data(data, initial)

    def _clean_bound_field(self, bf: forms.BoundField) -> Any:
        return self.clean(self.bound_data(bf.data, bf.initial))

    def clean(self, value: Any) -> Any:
        typed, unknown = value if isinstance(value, list | tuple) else self.widget.decompress(value)
        if unknown and typed not in self.empty_values:
            raise ValidationError(_("Skriv ett värde eller kryssa i Vet inte, inte båda."), code="both")
        if unknown:
            return UNKNOWN
        cleaned = self.inner.clean(typed)
        if self.required and cleaned in self.empty_values:
            raise ValidationError(_("Svara, eller kryssa i Vet inte."), code="required")
        return cleaned

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return value  # what was sent, kept as it was typed
        return value if value is UNKNOWN else self.inner.prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        was, was_unknown = self.widget.decompress(initial)
        typed, unknown = data or ["", False]
        return bool(unknown) != was_unknown or self.inner.has_changed(None if was == "" else was, typed)


def told(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """From cleaned_data to what a row keeps: UNKNOWN becomes None, and its name is put in `unknown_fields`."""
    values = {name: None if value is UNKNOWN else value for name, value in cleaned.items()}
    return values | {"unknown_fields": [name for name, value in cleaned.items() if value is UNKNOWN]}


def as_told(values: Mapping[str, Any], unknown_fields: Iterable[str]) -> dict[str, Any]:
    """The other way: what a form begins with, from a row's values and its `unknown_fields`."""
    return {**values, **dict.fromkeys(unknown_fields, UNKNOWN)}
