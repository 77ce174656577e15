"""The figures of one version of a budget that a decision's text may say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from financing.choices import CostCategory, SourceClass
from financing.rules.figures.plans import LineFigures, PlanFigures
from mikrogrow.values.money import percent_of, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.known import KnownFigure, Topic
from projects.decisions.check.naming import naming_words
from projects.decisions.figures.readings import Kind

# What words of a text call the costs of a part, of the whole project, and of another's part.
OF_CITY, OF_WHOLE, OF_OTHER = "city", "whole", "other"
# Beginnings of words that name a class of sources, and a category of costs.
_CLASSES: dict[str, tuple[str, ...]] = {
    SourceClass.EU_STATE: ("eakr", "esr", "jtf", "eu-rahoitu", "valtion rahoitu"),
    SourceClass.MUNICIPAL: ("kuntien rahoitu", "kuntarahoitu"),
    SourceClass.OTHER_PUBLIC: ("muu julki", "muun julki", "muuta julki"),
    SourceClass.PRIVATE: ("yksityi", "yritysten rahoitu"),
}
_CATEGORIES: dict[str, tuple[str, ...]] = {
    CostCategory.STAFF: ("palkka", "palkat", "palkko", "palkoi"),
    CostCategory.SERVICES: ("ostopalv", "palveluj", "palvelui"),
    CostCategory.TRAVEL: ("matka", "matko"),
    CostCategory.EQUIPMENT: ("laite", "laitte"),
    CostCategory.OTHER: ("muut kustannu", "muita kustannu", "muihin kustannu", "muiden kustannu"),
    CostCategory.FLAT_RATE: ("prosenttimääräi", "flat rate", "kiinteämääräi"),
    CostCategory.LUMP_SUM: ("kertakorv",),
}


@dataclass(frozen=True)
class KnownPlan:
    """A version of a budget; `edition` names it if it is not the one in force."""

    plan: PlanFigures
    of: str
    edition: str = ""

    def figures(self) -> Iterator[KnownFigure]:
        yield from self._costs()
        yield from self._costs_by_year()
        yield from self._categories()
        for line in self.plan.lines:
            for each in (line, *line.of_which):
                yield from self._line(each)
        yield from self._sums_of_sources()
        for stated in self.plan.stated:
            yield from self._money(_("ilmoitettu summa"), stated.amount, Topic.OTHER, stated.year)

    def _money(
        self,
        name: str,
        amount: Decimal | None,
        topic: Topic,
        year: int | None = None,
        words: tuple[str, ...] = (),
        is_sum: bool = False,
    ) -> Iterator[KnownFigure]:
        if amount is not None:
            of_it = self._topic(topic)
            yield KnownFigure(
                *(self._named(name), Kind.MONEY, amount, of_it, year, words, is_sum, self.edition),
                is_whole=self.of == OF_WHOLE,
            )

    def _percent(
        self,
        name: str,
        share: Decimal | None,
        topic: Topic,
        words: tuple[str, ...] = (),
        is_sum: bool = False,
    ) -> Iterator[KnownFigure]:
        if share is not None:
            of_it = self._topic(topic)
            yield KnownFigure(
                *(self._named(name), Kind.PERCENT, share, of_it, None, words, is_sum, self.edition),
                is_whole=self.of == OF_WHOLE,
            )

    def _named(self, name: str) -> str:
        if self.of == OF_WHOLE:
            return _("%(name)s, koko hanke") % {"name": name}
        return f"{name}, {self.plan.owner}" if self.of == OF_OTHER else name

    def _topic(self, topic: Topic) -> Topic:
        # Words of a text name what is the city's, or the project's: another's part agrees, and no more.
        return Topic.OTHER if self.of == OF_OTHER else topic

    def _costs(self) -> Iterator[KnownFigure]:
        plan = self.plan
        topic = Topic.TOTAL if self.of == OF_WHOLE else Topic.COST
        name = _("kustannukset") if self.of == OF_WHOLE else _("osahankkeen kustannukset")
        for cost in self._money(name, plan.cost, topic):
            yield replace(cost, is_approximate=plan.cost_is_approximate)
        if plan.is_gross or plan.revenue:
            yield from self._money(_("bruttokustannukset"), plan.gross_cost or plan.gross_costs, topic)
        if plan.vat is not None:
            yield from self._money(_("arvonlisävero"), plan.vat, Topic.OTHER)
            with_vat = sum_if_all_known([plan.cost, plan.vat])
            yield from self._money(_("kustannukset arvonlisäveroineen"), with_vat, topic, is_sum=True)

    def _costs_by_year(self) -> Iterator[KnownFigure]:
        years = self.plan.costs_by_year
        for year, net in years.items():
            name = _("kustannukset vuonna %s") % year
            yield from self._money(name, net, Topic.COST, year)
            yield from self._money(name, self.plan.gross_costs_in(year), Topic.COST, year)
        for (first, one), (second, other) in pairwise(years.items()):
            if len(years) > 2:
                both = sum_if_all_known([one, other])
                name = _("kustannukset vuosina %(first)s ja %(second)s") % {"first": first, "second": second}
                yield from self._money(name, both, Topic.COST, is_sum=True)

    def _categories(self) -> Iterator[KnownFigure]:
        labels = {cost.category: cost.label for cost in self.plan.costs}
        for category, label in labels.items():
            if category == CostCategory.NOT_BROKEN_DOWN:
                continue
            words = _CATEGORIES.get(category, ())
            yield from self._money(label, self.plan.sums.in_category(category), Topic.CATEGORY, words=words)
            for year, amount in self.plan.category_by_year(category).items():
                yield from self._money(f"{label} {year}", amount, Topic.CATEGORY, year, words)

    def _line(self, line: LineFigures) -> Iterator[KnownFigure]:
        is_own = self.of == OF_CITY and line in self.plan.own_lines
        topic = Topic.OWN if is_own else Topic.SOURCE
        name = line.source.name
        words = () if is_own else (*naming_words(name), *self._class_words(line))
        yield from self._money(name, line.amount, topic, words=words)
        for year, amount in line.years.items():
            yield from self._money(f"{name} {year}", amount, topic, year, words)
        yield from self._percent(name, line.share, topic, words)
        computed = percent_of(line.amount, self.plan.cost)
        computed = None if computed is not None and computed > 100 else computed
        # The share that an amount gives agrees too, but of another base it may be another one.
        yield from self._percent(name, computed, topic, words, is_sum=True)

    def _class_words(self, line: LineFigures) -> tuple[str, ...]:
        """What the class of its source is called, if the city does not pay and no other line is of it."""
        of_class = [each for each in self.plan.lines if each.source.source_class == line.source.source_class]
        return _CLASSES.get(line.source.source_class, ()) if of_class == [line] else ()

    def _sums_of_sources(self) -> Iterator[KnownFigure]:
        """Of a class, of all but the own share, and of two that stand side by side in the table."""
        lines, own, names = self.plan.lines, self.plan.own_lines, dict(SourceClass.choices)
        groups: list[tuple[str, Sequence[LineFigures]]] = [
            (str(names.get(name, name)), [line for line in lines if line.source.source_class == name])
            for name in dict.fromkeys(line.source.source_class for line in lines)
        ]
        if own:
            groups.append((_("omarahoitus"), own))
            groups.append((_("muu kuin omarahoitus"), [line for line in lines if line not in own]))
        public = [line for line in lines if line.source.source_class != SourceClass.PRIVATE]
        groups.append((_("julkinen rahoitus"), public))
        groups += [
            (f"{one.source.name} + {other.source.name}", (one, other)) for one, other in pairwise(lines)
        ]
        for name, members in groups:
            # All of them together are the costs, or R01 says that they are not.
            if 1 < len(members) < len(lines):
                amount = sum_if_all_known([line.amount for line in members])
                yield from self._money(name, amount, Topic.SOURCE, is_sum=True)
                yield from self._percent(
                    name, sum_if_all_known([line.share for line in members]), Topic.OTHER
                )
                yield from self._percent(name, percent_of(amount, self.plan.cost), Topic.OTHER)
