"""A sheet to fill in and import, laid out like the budget's own workbook, with the plan's figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import CostCategory, StatedSum
from financing.reports.plans import class_label
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures, plan_subject
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.facts import fact_rows
from financing.workbook.labels import (
    Heading,
    cost_label,
    plan_title,
    stated_cost_label,
    stated_costs_label,
    stated_label,
    stated_sources_label,
)
from financing.workbook.plans import cost_heads
from financing.workbook.sources import Columns, all_years, put_details, source_heads
from mikrogrow.values.dates import format_date, years_between
from mikrogrow.values.money import ZERO, sum_if_all_known
from mikrogrow.workbooks import Book, Formula, Kind, Sheet
from projects.models import Project


def template_workbook(project: Project, plan: PlanFigures, figures: ProjectFigures, on: date) -> bytes:
    """Unknown figures are empty cells, and stay unknown if they are imported empty."""
    book = Book()
    help_sheet = book.sheet(_("Ohje"), [100])
    years = _years(project, plan)
    heading = Heading(
        _("%(project)s · Tilanne %(day)s") % {"project": project.short_name, "day": format_date(on)}
    )
    columns = Columns.of(years, details=True)
    sources = book.sheet(_("Rahoitus"), columns.widths(14), cents=True)
    costs = book.sheet(_("Kustannukset"), [40, *[14] * len(years), 17, 16], cents=True)
    help_sheet.line(_("Pohja rahoitussuunnitelman tuontiin"), Kind.TITLE)
    for sentence in _help(plan):
        help_sheet.line(sentence, Kind.WORDS)
    _sources(sources, plan, _listed(plan, figures), columns, heading)
    _costs(costs, plan, years, heading)
    title = f"{_('Pohja rahoitussuunnitelman tuontiin')}: {project.name}, {plan_subject(plan)}"
    city = figures.city
    return book.content(title=title, creator=city.name if city else "", subject=project.case_number, on=on)


def _help(plan: PlanFigures) -> tuple[str, ...]:
    sentences = (
        _("Täytä taulukot Rahoitus ja Kustannukset, tallenna ja tuo tiedosto hankkeen rahoitussivulla."),
        _("Tyhjä solu on tuntematon, ei nolla. Kirjoita 0, kun summa on nolla."),
        _("Osuus kirjoitetaan prosentteina, esimerkiksi 18,9 %. Ilmoittamaton osuus jää tyhjäksi."),
        _("Tulot kirjoitetaan positiivisina; ne vähennetään kustannuksista."),
        _(
            "Kustannuslajin summa, jonka vuosia asiakirja ei kerro, kirjoitetaan sarakkeeseen Vuosi ei "
            "tiedossa. Vuosien summat kirjoitetaan silloin riville Ei eritelty; samaa rahaa ei lasketa "
            "kahdesti."
        ),
        _(
            "Rivi, joka on osa toisen rivin summasta, kirjoitetaan omaksi rivikseen, ja sarakkeeseen "
            "Sisältyy riviin sen rivin rahoituslähde. Samaa rahaa ei lasketa kahdesti."
        ),
        _(
            "Sarakkeeseen Sisältää myös kirjoitetaan muut lähteet, joiden rahoituksen asiakirja laskee "
            "samaan lukuun, puolipisteellä erotettuina."
        ),
        _(
            "Riveille, joiden nimessä on ”ilmoitettu”, kirjoitetaan asiakirjan omat summat. Tyhjä solu: "
            "asiakirja ei ilmoita summaa."
        ),
        _("Uusi rahoituslähde lisätään ensin ylläpidossa ja sitten riviksi tänne samalla nimellä."),
        _("Vuoden voi lisätä sarakkeena: otsikoksi vuosiluku."),
        _("Ennen tallennusta näet, miten jokainen rivi luettiin ja mitä luonnoksessa muuttuisi."),
    )
    if plan.organisation_id is not None:
        return sentences
    return (
        *sentences,
        _(
            "Koko hankkeen kustannukset kirjataan hankkeen tietoihin. Tuonti vertaa niihin riviä "
            "%(row)s, mutta ei muuta niitä."
        )
        % {"row": stated_cost_label(plan)},
    )


def _years(project: Project, plan: PlanFigures) -> list[int]:
    return sorted({*all_years(plan), *years_between(project.starts_on, project.ends_on)})


def _listed(plan: PlanFigures, figures: ProjectFigures) -> list[SourceFigures]:
    """The plan's sources; if it has none, those of the implementers, else of the project's own plan."""
    whole = [figures.whole_plan] if figures.whole_plan else []
    found: dict[int, SourceFigures] = {}
    for plans in ([plan], figures.plans, whole):
        found = found or {line.source.source_id: line.source for each in plans for line in each.lines}
    return sorted(found.values(), key=lambda source: (source.source_class, source.name))


def _blank(amount: Decimal | None) -> Decimal | str:
    return "" if amount is None else amount


def _sources(
    sheet: Sheet,
    plan: PlanFigures,
    listed: Sequence[SourceFigures],
    columns: Columns,
    heading: Heading,
) -> None:
    source_heads(sheet, columns, heading)
    sheet.line(plan_title(plan), Kind.HEADING)
    lines = {line.source.source_id: line for line in plan.lines}
    first = sheet.row
    for source in listed:
        sheet.put(1, class_label(source))
        if source.source_id in lines:
            put_details(sheet, columns.details, lines[source.source_id])
        _source_row(sheet, source, lines.get(source.source_id), columns)
    if listed:
        sheet.put(2, _("Rahoitus yhteensä"), strong=True)
        total = sum_if_all_known([line.amount for line in plan.lines])
        area = f"C{first}:C{sheet.row - 1}"
        known = sum((line.amount or ZERO for line in plan.lines), ZERO)
        sheet.put(3, Formula(f"SUM({area})", known if total is None else total), Kind.EUROS, strong=True)
        sheet.row += 1
    _stated_rows(sheet, plan, columns)
    for line in plan.lines:
        for part in line.of_which:
            sheet.put(1, _("josta"))
            put_details(sheet, columns.details, part, line)
            _source_row(sheet, part.source, part, columns)


def _stated_rows(sheet: Sheet, plan: PlanFigures, columns: Columns) -> None:
    """The totals that the paper states of the sources and of the years."""
    for label, in_all, of_year in (
        (stated_sources_label(), StatedSum.SOURCES, StatedSum.SOURCES_OF_YEAR),
        (stated_costs_label(), None, StatedSum.COSTS_OF_YEAR),
    ):
        sheet.put(2, label)
        if in_all is not None:
            sheet.put(3, _blank(plan.stated_sum(in_all)), Kind.EUROS)
        for year, column in columns.every.items():
            sheet.put(column, _blank(plan.stated_sum(of_year, year)), Kind.EUROS)
        sheet.row += 1


def _source_row(sheet: Sheet, source: SourceFigures, line: LineFigures | None, columns: Columns) -> None:
    sheet.put(2, source.name)
    sheet.put(3, _blank(line.amount if line else None), Kind.EUROS)
    sheet.put(4, _blank(line.share if line else None), Kind.SHARE)
    for year, column in columns.every.items():
        sheet.put(column, _blank(line.years.get(year) if line else None), Kind.EUROS)
    sheet.row += 1


def _costs(sheet: Sheet, plan: PlanFigures, years: Sequence[int], heading: Heading) -> None:
    cost_heads(sheet, years, heading, has_undated=True)
    sheet.line(plan_title(plan), Kind.HEADING)
    stated = {(cost.year, cost.category): cost.amount for cost in plan.costs}
    for category, label in CostCategory.choices:
        sheet.put(1, cost_label(str(category), str(label)))
        for column, year in enumerate([*years, None], start=2):
            # An unknown amount is a cost row too: its cell says so. Without a row the cell is empty.
            sheet.put(column, stated.get((year, category), ""), Kind.EUROS)
        sheet.row += 1
    for category, label in CostCategory.choices:
        sheet.put(1, stated_label(str(category), str(label)))
        sheet.put(sheet.columns, _blank(plan.stated_sum(StatedSum.CATEGORY, None, str(category))), Kind.EUROS)
        sheet.row += 1
    fact_rows(sheet, plan, sheet.columns, even_unsaid=True)
    sheet.put(1, stated_cost_label(plan), strong=True)
    sheet.put(sheet.columns, _blank(plan.cost_as_stated), Kind.EUROS, strong=True)
    sheet.row += 1
