"""The forms of a figure that a token can ask: by the word that the sentence has, or by the case's name."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from mikrogrow.values.dates import format_date, format_period, years_between
from mikrogrow.values.finnish.figures import counted, euros, for_years, in_years, of_years, percents
from mikrogrow.values.finnish.inflection import (
    COMPANY,
    EURO,
    GROUP,
    MEETING,
    MUNICIPALITY,
    PERCENT,
    PERSON,
    Case,
    Noun,
)
from mikrogrow.values.money import (
    format_amount,
    format_count,
    format_euros,
    format_percent,
    round_half_up,
    shown_decimals,
)
from mikrogrow.values.typed_text import name_key
from projects.decisions.figures.readings import Count, Kind, Period, Value

_CASES = {
    "nominatiivi": Case.NOMINATIVE,
    "genetiivi": Case.GENITIVE,
    "partitiivi": Case.PARTITIVE,
    "inessiivi": Case.INESSIVE,
    "elatiivi": Case.ELATIVE,
    "illatiivi": Case.ILLATIVE,
    "adessiivi": Case.ADESSIVE,
    "ablatiivi": Case.ABLATIVE,
    "allatiivi": Case.ALLATIVE,
}
_NOUNS = {noun.nominative: noun for noun in (COMPANY, GROUP, MEETING, PERSON, MUNICIPALITY)}
_YEARS = {
    **dict.fromkeys(("vuonna", "vuosina"), in_years),
    **dict.fromkeys(("vuodelle", "vuosille"), for_years),
    **dict.fromkeys(("vuoden", "vuosien"), of_years),
}
# Without a unit, for cells of tables.
NUMBER, IN_DIGITS = "luku", "numeroin"
_WITHOUT_UNIT = {Kind.MONEY: (NUMBER, "€"), Kind.PERCENT: (NUMBER, "%"), Kind.COUNT: (IN_DIGITS, NUMBER)}
# What no share is stated with; a computed one may have any number.
_MOST_DECIMALS = 3


def in_form(kind: Kind, value: Value, form: str) -> str | None:
    """None if a figure of this kind has no such form; an empty one is the nominative."""
    figure: Any = value
    key = name_key(form)
    if kind is Kind.MONEY:
        if key == "€":
            return format_euros(figure)
        return format_amount(figure) if key == NUMBER else _inflected(EURO, key, lambda c: euros(figure, c))
    if kind is Kind.PERCENT:
        share = round_half_up(figure, 2) if shown_decimals(figure) > _MOST_DECIMALS else figure
        shown = format_percent(share)
        if key == "%":
            return shown
        if key == NUMBER:
            return shown.removesuffix("%").strip()
        return _inflected(PERCENT, key, lambda case: percents(share, case))
    if kind is Kind.COUNT:
        return _count(figure, key)
    return _time(kind, figure, key)


def _count(figure: Count, key: str) -> str | None:
    noun = _NOUNS.get(figure.of)
    if key == NUMBER or noun is None:
        return format_count(figure.number) if key in ("", NUMBER) else None
    if key == IN_DIGITS:
        return counted(figure.number, noun, in_digits=True)
    return _inflected(noun, key, lambda case: counted(figure.number, noun, case))


def _time(kind: Kind, figure: Any, key: str) -> str | None:
    if not key:
        if kind is Kind.PERIOD:
            return format_period(figure.start, figure.end)
        return format_date(figure) if kind is Kind.DATE else str(figure)
    if key not in _YEARS:
        return None
    if isinstance(figure, Period):
        return _YEARS[key](years_between(figure.start, figure.end))
    return _YEARS[key]([figure.year if kind is Kind.DATE else figure])


def _inflected(noun: Noun, key: str, write: Any) -> str | None:
    case = _forms(noun).get(key) if key else Case.NOMINATIVE
    return None if case is None else str(write(case))


@cache
def _forms(noun: Noun) -> Mapping[str, Case]:
    """After a number, "euroa" is the nominative: 59 953 euroa."""
    words = {noun.form(case): case for case in Case if case is not Case.PARTITIVE}
    return {noun.form(Case.PARTITIVE): Case.NOMINATIVE, **words, **_CASES}


def form_words(kind: Kind, value: Value | None) -> tuple[str, ...]:
    """Those that a sentence is likeliest to ask."""
    noun = _noun_of(kind, value)
    if noun is not None:
        cases = (Case.PARTITIVE, Case.GENITIVE, Case.ELATIVE, Case.ILLATIVE, Case.ADESSIVE)
        if kind is Kind.COUNT:
            cases = (Case.PARTITIVE, Case.GENITIVE, Case.INESSIVE, Case.ELATIVE, Case.ALLATIVE)
        return tuple(noun.form(case) for case in cases)
    if kind is Kind.COUNT:
        return (NUMBER,)
    return ("vuosina", "vuosille", "vuosien") if kind is Kind.PERIOD else ("vuonna", "vuodelle", "vuoden")


def offered_forms(kind: Kind, value: Value | None) -> dict[str, str]:
    """The forms that a list offers, the nominative first, with the figure in each; empty if it is unknown."""
    forms = ["", *_offered(kind, value)]
    if value is None:
        return dict.fromkeys(forms, "")
    # "30 yritystä" is the same in words and in digits.
    by_words: dict[str | None, str] = {}
    for form in forms:
        by_words.setdefault(in_form(kind, value, form), form)
    return {form: words for words, form in by_words.items() if words is not None}


def _offered(kind: Kind, value: Value | None) -> tuple[str, ...]:
    if kind is Kind.COUNT and value is None:
        # It is not known either what is counted.
        return ()
    words = form_words(kind, value)
    if _noun_of(kind, value) is not None:
        # The partitive, which after a number is the nominative.
        words = words[1:]
    return words + _WITHOUT_UNIT.get(kind, ())


def _noun_of(kind: Kind, value: Value | None) -> Noun | None:
    if isinstance(value, Count):
        return _NOUNS.get(value.of)
    return {Kind.MONEY: EURO, Kind.PERCENT: PERCENT}.get(kind)
