"""The versions of each budget, and two of them side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.choices import PlanStatus
from financing.queries.versions import VersionSummary
from financing.reports.plans import class_name
from financing.rules.comparison import Change, ChangeRow, Comparison, Kind, SourceChange, stated_words
from financing.rules.figures.costs import year_label
from financing.rules.figures.plans import budget_title
from mikrogrow.values.dates import format_years
from mikrogrow.values.money import (
    format_euros,
    format_percent,
    format_points,
    shown_decimals,
    sum_if_all_known,
)


@dataclass(frozen=True)
class Budget:
    """All versions of one budget, the newest first."""

    title: str
    versions: tuple[VersionSummary, ...]

    @property
    def number(self) -> int:
        return self.versions[0].plan_id

    @property
    def can_compare(self) -> bool:
        return len(self.versions) > 1

    @property
    def pair(self) -> tuple[VersionSummary, VersionSummary]:
        """(old, new) that are compared by default: approved and draft, else the two newest."""
        by_status = {version.status: version for version in self.versions}
        if PlanStatus.DRAFT in by_status and PlanStatus.APPROVED in by_status:
            return by_status[PlanStatus.APPROVED], by_status[PlanStatus.DRAFT]
        return self.versions[1], self.versions[0]

    @property
    def rows(self) -> tuple[tuple[VersionSummary, VersionSummary | None], ...]:
        return tuple(zip(self.versions, (*self.versions[1:], None), strict=True))


@dataclass(frozen=True)
class VersionChoice:
    """Two versions to compare, or `error` says why there are none.

    `is_refused` is False if nothing impossible was asked for.
    """

    budget: Budget | None = None
    old: VersionSummary | None = None
    new: VersionSummary | None = None
    error: str = ""
    is_refused: bool = True


@dataclass(frozen=True)
class SourceGroup:
    label: str
    rows: tuple[SourceChange, ...]


@dataclass(frozen=True)
class ChangeGroup:
    label: str
    rows: tuple[ChangeRow, ...]
    total: Change | None = None


@dataclass(frozen=True)
class ChangeTable:
    label: str
    heading: str
    groups: tuple[ChangeGroup, ...]
    total_label: str = ""
    total: Change | None = None


@dataclass(frozen=True)
class ComparisonReport:
    """Two versions side by side."""

    headline: str
    sentences: tuple[str, ...]
    comparison: Comparison
    groups: tuple[SourceGroup, ...]
    is_whole_project: bool
    has_amounts: bool
    has_shares: bool
    share_decimals: int
    source_years: ChangeTable | None
    cost_years: ChangeTable | None
    cost_categories: ChangeTable | None
    parts: ChangeTable | None = None
    stated: ChangeTable | None = None

    @property
    def columns(self) -> int:
        return 1 + 3 * self.has_amounts + 3 * self.has_shares


def budgets(summaries: Iterable[VersionSummary]) -> tuple[Budget, ...]:
    """The city's first, the project's own last, as on the financing page."""
    found = [
        Budget(budget_title(rows[0].organisation_id, rows[0].owner), rows)
        for rows in (
            tuple(versions) for _key, versions in groupby(summaries, lambda row: row.organisation_id)
        )
    ]
    return tuple(sorted(found, key=lambda budget: not budget.versions[0].is_own_city))


def choose(found: Sequence[Budget], old: str, new: str) -> VersionChoice:
    if not old and not new:
        budget = next((budget for budget in found if budget.can_compare), None)
        if budget is None:
            sentence = _("Vertailuun tarvitaan kaksi saman suunnitelman versiota.")
            return VersionChoice(error=sentence, is_refused=False)
        return VersionChoice(budget, *budget.pair)
    if not old or not new:
        return VersionChoice(error=_("Valitse molemmat vertailtavat versiot."))
    by_id = {str(version.plan_id): (budget, version) for budget in found for version in budget.versions}
    if old not in by_id or new not in by_id:
        return VersionChoice(
            error=_("Valittua versiota ei ole tässä hankkeessa. Valitse vertailtavat versiot.")
        )
    (first_budget, first), (second_budget, second) = by_id[old], by_id[new]
    if first_budget is not second_budget:
        return VersionChoice(
            error=_(
                "Valitut versiot ovat eri suunnitelmista: %(first)s ja %(second)s. "
                "Valitse saman suunnitelman kaksi versiota."
            )
            % {"first": first_budget.title, "second": second_budget.title}
        )
    if first is second:
        return VersionChoice(
            first_budget,
            error=_("Valitsit version %s kahdesti. Valitse kaksi eri versiota.") % first.version,
        )
    return VersionChoice(first_budget, first, second)


def comparison_report(comparison: Comparison) -> ComparisonReport:
    sources = comparison.sources
    stated = [
        share for source in sources for share in (source.share.old, source.share.new) if share is not None
    ]
    return ComparisonReport(
        headline=headline(comparison),
        sentences=tuple(_sentences(comparison)),
        comparison=comparison,
        groups=tuple(
            SourceGroup(class_name(key), tuple(rows))
            for key, rows in groupby(sources, lambda source: source.source_class)
        ),
        is_whole_project=comparison.new.organisation_id is None,
        has_amounts=_has_amounts(comparison) or not stated,
        has_shares=bool(stated),
        share_decimals=max(map(shown_decimals, stated), default=0),
        source_years=_source_years(comparison),
        cost_years=_cost_years(comparison),
        cost_categories=_cost_categories(comparison),
        parts=_parts(comparison),
        stated=_stated(comparison),
    )


def headline(comparison: Comparison) -> str:
    if not comparison.is_changed:
        return _("Versioissa %(old)s ja %(new)s ei ole eroja") % {
            "old": comparison.old.version,
            "new": comparison.new.version,
        }
    if not _has_amounts(comparison) and comparison.share_total.difference:
        return _headline_of_shares(comparison)
    return _headline_of_amounts(comparison)


def _headline_of_shares(comparison: Comparison) -> str:
    shares = comparison.share_total
    assert shares.difference is not None
    sentence = (
        _("Versiossa %(version)s osuuksien summa kasvaa %(change)s: %(old)s → %(new)s")
        if shares.difference > 0
        else _("Versiossa %(version)s osuuksien summa pienenee %(change)s: %(old)s → %(new)s")
    )
    return sentence % {
        "version": comparison.new.version,
        "change": format_points(abs(shares.difference)).removeprefix("+"),
        "old": format_percent(shares.old),
        "new": format_percent(shares.new),
    }


def _headline_of_amounts(comparison: Comparison) -> str:
    total = comparison.total
    values = {
        "version": comparison.new.version,
        "old": format_euros(total.old),
        "new": format_euros(total.new),
    }
    if total.became_known:
        return _("Versiossa %(version)s rahoitus on tiedossa: %(new)s") % values
    if total.became_unknown:
        return _("Versiossa %(version)s rahoituksen summa ei ole enää tiedossa: ennen %(old)s") % values
    if total.difference is None:
        return _("Rahoituksen summa ei ole tiedossa kummassakaan versiossa")
    values["change"] = format_euros(abs(total.difference))
    if total.difference > 0:
        return _("Versiossa %(version)s rahoitus kasvaa %(change)s: %(old)s → %(new)s") % values
    if total.difference < 0:
        return _("Versiossa %(version)s rahoitus pienenee %(change)s: %(old)s → %(new)s") % values
    return _("Rahoitus ei muutu: %(new)s") % values


def _sentences(comparison: Comparison) -> Iterable[str]:
    sentences = [*_source_sentences(comparison), *_year_sentences(comparison)]
    changed = any(comparison.sources_that(kind) for kind in (Kind.CAME, Kind.WENT, Kind.CHANGED))
    if comparison.sources and not changed:
        sentences.append(_("Rahoituslähteet eivät muutu."))
    return [
        *sentences,
        *_part_sentences(comparison),
        *_cost_sentences(comparison),
        *_stated_sentences(comparison),
    ]


def _source_sentences(comparison: Comparison) -> Iterable[str]:
    came, went = comparison.sources_that(Kind.CAME), comparison.sources_that(Kind.WENT)
    stayed = comparison.sources_that(Kind.CHANGED)
    amounts = [source for source in stayed if source.amount.is_changed]
    shares = [source for source in stayed if source.share.is_changed]
    if came:
        words = ngettext("Uusi lähde: %s.", "Uudet lähteet: %s.", len(came))
        yield words % _list(f"{each.name} {_known_part(each.amount.new, each.share.new)}" for each in came)
    if went:
        words = ngettext("Poistuva lähde: %s.", "Poistuvat lähteet: %s.", len(went))
        yield words % _list(f"{each.name} {_known_part(each.amount.old, each.share.old)}" for each in went)
    if amounts:
        words = ngettext("Summa muuttuu: %s.", "Summat muuttuvat: %s.", len(amounts))
        yield words % _list(f"{each.name} {_shown(each.amount)}" for each in amounts)
    if shares:
        words = ngettext("Ilmoitettu osuus muuttuu: %s.", "Ilmoitetut osuudet muuttuvat: %s.", len(shares))
        yield words % _list(
            f"{each.name} {format_percent(each.share.old)} → {format_percent(each.share.new)}"
            for each in shares
        )


def _part_sentences(comparison: Comparison) -> Iterable[str]:
    came, went, stayed = (
        [part for part in comparison.parts if part.kind is kind]
        for kind in (Kind.CAME, Kind.WENT, Kind.CHANGED)
    )
    if came:
        words = ngettext("Uusi osa: %s.", "Uudet osat: %s.", len(came))
        yield words % _parts_list(
            f"{each.name} {_known_part(each.amount.new, each.share.new)}" for each in came
        )
    if went:
        words = ngettext("Poistuva osa: %s.", "Poistuvat osat: %s.", len(went))
        yield words % _parts_list(
            f"{each.name} {_known_part(each.amount.old, each.share.old)}" for each in went
        )
    if stayed:
        words = ngettext("Osa muuttuu: %s.", "Osat muuttuvat: %s.", len(stayed))
        yield words % _parts_list(f"{each.name} {_list(_part_changes(each))}" for each in stayed)


def _part_changes(part: SourceChange) -> Iterable[str]:
    if part.amount.is_changed:
        yield _shown(part.amount)
    if part.share.is_changed:
        yield f"{format_percent(part.share.old)} → {format_percent(part.share.new)}"
    for year, change in part.years.items():
        if change.is_told:
            yield f"{year} {_shown(change)}"
    if part.becomes_in_kind:
        yield _("nyt luontoissuoritus")
    if part.becomes_money:
        yield _("ei enää luontoissuoritus")
    for name in part.now_includes:
        yield _("sisältää nyt myös: %s") % name
    for name in part.no_longer_includes:
        yield _("ei enää sisällä: %s") % name


def _parts_list(words: Iterable[str]) -> str:
    # Each has commas of its own.
    return "; ".join(words)


def _stated_sentences(comparison: Comparison) -> Iterable[str]:
    changed = [row for row in comparison.stated if row.change.is_changed]
    if changed:
        words = ngettext("Ilmoitettu summa muuttuu: %s.", "Ilmoitetut summat muuttuvat: %s.", len(changed))
        yield words % _list(f"{row.name} {stated_words(row.change)}" for row in changed)
    for said in comparison.said:
        yield f"{said.name}: {said.old} → {said.new}."


def _year_sentences(comparison: Comparison) -> Iterable[str]:
    """Of sources with the same amount but other years."""
    stayed = comparison.sources_that(Kind.CHANGED)
    sources = [source for source in stayed if source.has_other_years and not source.amount.is_changed]
    changed = [source.name for source in sources if not source.only_completes_years]
    completed = [source.name for source in sources if source.only_completes_years]
    if changed:
        yield _("Vuosittaiset summat muuttuvat: %s.") % _list(changed)
    if completed:
        yield _("Vuosittaiset summat täydentyvät: %s.") % _list(completed)


def _cost_sentences(comparison: Comparison) -> Iterable[str]:
    cost, gap = comparison.cost, comparison.gap
    years = [year for year in comparison.cost_years if year.total.is_told]
    categories = [row for row in comparison.cost_categories if row.change.is_told]
    if cost.is_changed:
        yield _("Kustannukset, ilmoitettu: %(old)s → %(new)s.") % {
            "old": format_euros(cost.old),
            "new": format_euros(cost.new),
        }
    if years:
        words = ngettext(
            "Vuoden kustannukset muuttuvat: %s.", "Vuosien kustannukset muuttuvat: %s.", len(years)
        )
        yield words % _list(f"{year_label(year.year)} {_shown(year.total)}" for year in years)
    if categories and len(comparison.cost_categories) > 1:
        words = ngettext("Kustannuslaji muuttuu: %s.", "Kustannuslajit muuttuvat: %s.", len(categories))
        yield words % _list(f"{row.name} {_shown(row.change)}" for row in categories)
    if gap.is_changed:
        yield _("Rahoitus – kustannukset: %(old)s → %(new)s.") % {
            "old": format_euros(gap.old, sign=True),
            "new": format_euros(gap.new, sign=True),
        }


def _known_part(amount: Decimal | None, share: Decimal | None) -> str:
    return format_percent(share) if amount is None and share is not None else format_euros(amount)


def _shown(change: Change) -> str:
    if change.difference is not None:
        return format_euros(change.difference, sign=True)
    return f"{format_euros(change.old)} → {format_euros(change.new)}"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def _source_years(comparison: Comparison) -> ChangeTable | None:
    if not comparison.source_years:
        return None
    return ChangeTable(
        label=_("Rahoitus vuosittain"),
        heading=_("Vuosi ja lähde"),
        groups=tuple(
            ChangeGroup(str(year.year), _with_others(year.rows), year.total)
            for year in comparison.source_years
        ),
    )


def _with_others(rows: Sequence[ChangeRow]) -> tuple[ChangeRow, ...]:
    changed = tuple(row for row in rows if row.change.is_changed)
    others = [row.change.new for row in rows if not row.change.is_changed]
    if not others:
        return changed
    words = ngettext("%s lähde ennallaan", "%s lähdettä ennallaan", len(others)) % len(others)
    total = sum_if_all_known(others)
    return (*changed, ChangeRow(words, Change(total, total)))


def _cost_years(comparison: Comparison) -> ChangeTable | None:
    years = comparison.cost_years
    if not years:
        return None
    if len(comparison.cost_categories) > 1:
        groups = tuple(ChangeGroup(year_label(year.year), year.rows, year.total) for year in years)
    else:
        groups = (ChangeGroup("", tuple(ChangeRow(year_label(year.year), year.total) for year in years)),)
    return ChangeTable(
        label=_("Kustannukset vuosittain"),
        heading=_("Vuosi ja kustannuslaji") if len(comparison.cost_categories) > 1 else _("Vuosi"),
        groups=groups,
        total_label=_total_label([year.year for year in years if year.year is not None]),
        total=comparison.costs_total,
    )


def _total_label(years: Sequence[int]) -> str:
    return _("Yhteensä %s") % format_years(years[0], years[-1]) if years else _("Yhteensä")


def _cost_categories(comparison: Comparison) -> ChangeTable | None:
    if len(comparison.cost_categories) < 2:
        return None
    return ChangeTable(
        label=_("Kustannukset lajeittain"),
        heading=_("Kustannuslaji"),
        groups=(ChangeGroup("", comparison.cost_categories),),
        total_label=_("Yhteensä"),
        total=comparison.costs_total,
    )


def _parts(comparison: Comparison) -> ChangeTable | None:
    """Each part, and its years that change."""
    if not any(part.amount.old is not None or part.amount.new is not None for part in comparison.parts):
        return None
    rows = []
    for part in comparison.parts:
        rows.append(ChangeRow(part.name, part.amount))
        rows += [
            ChangeRow(f"{part.name}, {year}", change) for year, change in part.years.items() if change.is_told
        ]
    return ChangeTable(_("Rivien osat"), _("Rivi ja sen osa"), (ChangeGroup("", tuple(rows)),))


def _stated(comparison: Comparison) -> ChangeTable | None:
    if not comparison.stated:
        return None
    rows = tuple(ChangeRow(capfirst(row.name), row.change) for row in comparison.stated)
    return ChangeTable(_("Asiakirjan ilmoittamat summat"), _("Summa"), (ChangeGroup("", rows),))


def _has_amounts(comparison: Comparison) -> bool:
    amounts = [source.amount for source in comparison.sources]
    return any(amount.old is not None or amount.new is not None for amount in amounts)
