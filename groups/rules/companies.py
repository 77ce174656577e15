"""Whether a company is a micro-enterprise, and which companies may be the same one, entered twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import ngettext

from groups.choices import Ownership
from mikrogrow.values.company_names import bare_name
from mikrogrow.values.money import format_count, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined

# Commission Recommendation 2003/361/EC, annex, article 2(3): fewer persons than this, and turnover or
# balance sheet total at most this many euros.
MICRO_PERSONS = 10
MICRO_EUROS = Decimal(2_000_000)


@dataclass(frozen=True)
class Size:
    """None if what is known does not decide it; `ground` says what decided, or what is missing."""

    is_micro: bool | None
    ground: str


@dataclass(frozen=True)
class Figures:
    """Of a year; sums in euros. None is unknown."""

    persons: int | None = None
    turnover: Decimal | None = None
    balance_sheet: Decimal | None = None

    def with_others(self, others: "Figures") -> "Figures":
        """Together, unknown if either is."""
        return Figures(
            None if self.persons is None or others.persons is None else self.persons + others.persons,
            sum_if_all_known([self.turnover, others.turnover]),
            sum_if_all_known([self.balance_sheet, others.balance_sheet]),
        )


NO_FIGURES = Figures()


def micro_size(own: Figures, ownership: str, others: Figures = NO_FIGURES) -> Size:
    """By the annex's article 6 partners and linked enterprises count: `others` is what they add.

    They only add, so that a company which is too large alone is so whoever owns it.
    """
    alone = _size_of(own)
    if alone.is_micro is False or ownership == Ownership.AUTONOMOUS:
        return alone
    if ownership == Ownership.WITH_OTHERS:
        together = _size_of(own.with_others(others))
        return replace(together, ground=_("%s (omistusyhteys- ja sidosyritykset mukana)") % together.ground)
    if alone.is_micro:
        return Size(None, _("%s, jos yritys on riippumaton (ei tiedossa)") % alone.ground)
    return alone


def _size_of(figures: Figures) -> Size:
    persons = figures.persons
    sums = {_("liikevaihto"): figures.turnover, _("taseen loppusumma"): figures.balance_sheet}
    known = {f"{name} {format_euros(euros)}": euros for name, euros in sums.items() if euros is not None}
    small = [words for words, euros in known.items() if euros <= MICRO_EUROS]
    counted = [] if persons is None else [_persons(persons)]
    if persons is not None and persons >= MICRO_PERSONS:
        return _decided(False, counted)
    if persons is not None and small:
        return _decided(True, [*counted, small[0]])
    if len(known) == len(sums) and not small:
        return _decided(False, [*counted, *known])
    missing = [_("henkilöstö")] if persons is None else []
    if not small:
        # One of the two is enough.
        missing.append(_(" tai ").join(name for name, euros in sums.items() if euros is None))
    sentence = ngettext(
        "ei tiedossa, puuttuu %(missing)s", "ei tiedossa, puuttuvat %(missing)s", len(missing)
    )
    return Size(None, sentence % {"missing": joined(missing)})


def _decided(is_micro: bool, ground: list[str]) -> Size:
    sentence = _("%(ground)s: mikroyritys") if is_micro else _("%(ground)s: ei mikroyritys")
    return Size(is_micro, sentence % {"ground": ", ".join(ground)})


def _persons(persons: int) -> str:
    return ngettext("%(count)s henkilö", "%(count)s henkilöä", persons) % {"count": format_count(persons)}


def micro_status(by_year: Mapping[int, bool | None]) -> bool | None:
    """Whether it is a micro-enterprise after all these years; None if what is unknown could change it.

    By the annex's article 4(2) a limit that is crossed changes nothing until it has been for two years in
    succession. The first known year is what it begins as.
    """
    known = sorted(year for year, is_micro in by_year.items() if is_micro is not None)
    if not known:
        return None
    # The status, and what the year before said, in each way that the unknown years can have been.
    ways = {(by_year[known[0]], by_year[known[0]])}
    for year in range(known[0] + 1, known[-1] + 1):
        stated = by_year.get(year)
        found = (True, False) if stated is None else (stated,)
        ways = {(now if now == before else status, now) for status, before in ways for now in found}
    statuses = {status for status, _before in ways}
    return statuses.pop() if len(statuses) == 1 else None


@dataclass(frozen=True)
class NamedCompany:
    company_id: int
    name: str
    municipality_id: int | None


def near_same(companies: Iterable[NamedCompany]) -> tuple[tuple[int, ...], ...]:
    """Keys of companies of nearly the same name in one municipality; an unknown one is no other's."""
    alike = defaultdict(set)
    for company in companies:
        if company.municipality_id is not None and (name := bare_name(company.name)):
            alike[company.municipality_id, name].add(company.company_id)
    return tuple(sorted(tuple(sorted(keys)) for keys in alike.values() if len(keys) > 1))
