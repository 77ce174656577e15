"""Invented indicators of the groups at the ends of half-years, by group or for the whole project.

A value that is not here is unknown. Companies reached are all that have been members by then, and one that
moved counts in its first group; experiments carried out are those of `EXPERIMENTS`; new jobs and turnover at
the end are those of the companies whose sizes are known.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from groups.choices import MeasuredFigure
from mikrogrow.demonstration.group_facts import IndicatorFact, ValueFact

_GROUPS = ("Ylä-Savo", "Sisä-Savo", "Kuopio", "Varkaus")
_DAYS = (
    date(2017, 6, 30),
    date(2017, 12, 31),
    date(2018, 6, 30),
    date(2018, 12, 31),
    date(2019, 6, 30),
    date(2019, 12, 31),
)

_Row = tuple[int | None, ...]


def _by_group(*rows: _Row) -> tuple[ValueFact, ...]:
    """A row for each half-year, from the first; in it a number for each group."""
    return tuple(
        ValueFact(day, Decimal(number), group)
        for day, row in zip(_DAYS, rows, strict=True)
        for group, number in zip(_GROUPS, row, strict=True)
        if number is not None
    )


def _in_all(values: Iterable[str | None]) -> tuple[ValueFact, ...]:
    """A value for each half-year, from the first."""
    return tuple(
        ValueFact(day, Decimal(text)) for day, text in zip(_DAYS, values, strict=True) if text is not None
    )


INDICATORS = (
    IndicatorFact(
        key="reached",
        name="Mukana olleet yritykset",
        unit="yritystä",
        baseline=Decimal(0),
        target=Decimal(120),
        source="ryhmien jäsenluettelot",
        objectives=(1,),
        added_values=(1,),
        measures=MeasuredFigure.COMPANIES_EVER,
        values=_by_group(
            (24, 18, 27, 22),
            (26, 21, 29, 25),
            (29, 24, 30, 27),
            (31, 25, 31, 29),
            (32, 27, 32, 31),
            (32, 28, 34, 32),
        ),
    ),
    IndicatorFact(
        key="experiments",
        name="Toteutetut kokeilut",
        unit="kokeilua",
        baseline=Decimal(0),
        target=Decimal(40),
        source="kokeilujen luettelo",
        objectives=(2, 3),
        added_values=(2,),
        measures=MeasuredFigure.EXPERIMENTS,
        values=_by_group(
            (2, 1, 1, 0),
            (3, 3, 3, 2),
            (5, 5, 5, 4),
            (6, 5, 7, 5),
            (9, 6, 7, 5),
            (9, 6, 7, 5),
        ),
    ),
    IndicatorFact(
        key="jobs",
        name="Uudet työpaikat",
        unit="henkilöä",
        baseline=Decimal(0),
        target=Decimal(100),
        source="yritysten ilmoitukset",
        objectives=(2,),
        added_values=(4,),
        values=_by_group(
            (0, 0, 0, 0),
            (4, 2, 6, 3),
            (9, None, 12, 7),
            (15, 8, 19, 11),
            (20, 11, 27, 15),
            (26, 14, 34, 19),
        ),
    ),
    IndicatorFact(
        key="exporters",
        name="Viennin aloittaneet yritykset",
        unit="yritystä",
        baseline=Decimal(0),
        target=Decimal(16),
        source="yritysten ilmoitukset",
        objectives=(3,),
        added_values=(4,),
        values=_by_group(
            (0, 0, 0, 0),
            (0, 0, 1, 1),
            (1, 0, 1, 1),
            (2, 1, 2, 2),
            (3, 1, 3, 3),
            (4, 1, 4, 3),
        ),
    ),
    IndicatorFact(
        key="turnover",
        name="Liikevaihdon muutos vuodesta 2016",
        unit="%",
        baseline=Decimal(0),
        target=Decimal(20),
        source="yritysten ilmoitukset",
        objectives=(2, 3),
        added_values=(4,),
        values=_in_all((None, "6.1", None, "15.4", None, "25.0")),
    ),
    IndicatorFact(
        key="adopted",
        name="Toisen yrityksen kokeilusta oppineet yritykset",
        unit="yritystä",
        baseline=Decimal(0),
        target=Decimal(30),
        source="kysely ryhmien jäsenille",
        objectives=(1, 4),
        added_values=(1, 2),
        values=_by_group(
            (None, None, None, None),
            (1, 0, 1, 0),
            (3, 1, 3, 2),
            (4, 3, 5, 3),
            (6, 4, 7, 5),
            (7, 5, 9, 6),
        ),
    ),
    IndicatorFact(
        key="news",
        name="Tiedotusvälineiden jutut kokeiluista",
        unit="juttua",
        baseline=None,
        target=None,
        source="mediaseuranta",
        objectives=(4,),
        added_values=(3,),
        values=_in_all(("0", "2", "5", "9", "13", "18")),
    ),
)
