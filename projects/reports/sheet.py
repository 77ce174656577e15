"""A project on one page for the board: what it is, what the city answers for, and what is asked now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financing.budget_pdf.sections import LiabilityYear, LiabilityYears, liability_years
from financing.queries.figures import figures_of, figures_once_decided
from financing.queries.spending import invoice_facts
from financing.reports.plans import CapRow, FinancingReport, financing_report
from financing.rules.authority import kinds_covered
from financing.rules.calculations import Liability
from financing.rules.city_money import city_money
from financing.rules.figures.projects import FundingDecisionFigures, ProjectFigures
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.joining import count_pages
from mikrogrow.pdf.render import PdfError, render_pdf
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.money import UNKNOWN, format_euros, sum_if_all_known
from mikrogrow.values.plain_text import Block, blocks, tied
from mikrogrow.values.typed_text import cut
from projects.choices import DecisionOutcome, DecisionPartKind, DecisionStage, ImplementerRole
from projects.decisions.filled import filled_parts
from projects.models import Decision, Project, own_city
from projects.schedule import status_on

# What comes before the board next stands first.
NEXT_FIRST = (DecisionStage.PROPOSAL, DecisionStage.MOTION, DecisionStage.DRAFT)


@dataclass(frozen=True)
class Room:
    """How much of what a page may have no room for.

    Rows of a list, signs of a name, years, items that are asked, and signs of what is proposed.
    """

    rows: int
    name: int
    years: int
    items: int
    signs: int
    is_tight: bool = False


# From the fullest; the first that leaves one page is printed.
ROOMS = (
    Room(12, 200, 12, 3, 1_600),
    Room(6, 200, 8, 2, 600),
    Room(3, 90, 5, 1, 250, is_tight=True),
    Room(1, 50, 3, 1, 120, is_tight=True),
)
# A line of a text takes the room of so many signs at least.
SHORT_LINE = 45


@dataclass(frozen=True)
class Fact:
    """`lines` are empty if nothing is known."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class YearRow:
    """What the city answers for in a year or some years, in euros; None is unknown."""

    label: str
    own: Decimal | None
    contributions: Decimal | None
    shared: Decimal | None
    planned: Decimal | None
    invoiced: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True)
class Asked:
    """What the board is asked to decide; `after` says what its cap would leave outside, if it has one."""

    title: str
    meeting: str
    caps: tuple[str, ...]
    text: tuple[Block, ...]
    is_shortened: bool
    after: str


@dataclass(frozen=True)
class Sheet:
    """`asked` is None for an earlier day: what was prepared then is not known."""

    facts: tuple[Fact, ...]
    report: FinancingReport
    years: tuple[YearRow, ...]
    total: YearRow
    has_own: bool
    has_contributions: bool
    has_shared: bool
    has_examples: bool
    caps: tuple[str, ...]
    asked: tuple[Asked, ...] | None
    more_asked: int
    without_day: tuple[str, ...]
    is_tight: bool


@dataclass(frozen=True)
class Read:
    """What is read once, however often the page is laid out. `after` is of the first that is asked."""

    project: Project
    on: date
    city: str
    figures: ProjectFigures
    report: FinancingReport
    liability: LiabilityYears
    asked: Sequence[Decision] | None
    after: str
    has_examples: bool


def sheet_pdf(project: Project, on: date) -> bytes:
    """Raises PdfError."""
    past = on if on < timezone.localdate() else None
    figures = figures_of(project, past)
    asked = None if past else _asked_now(project, figures)
    after = _after(_liability_after(asked[0], project)) if asked else ""
    facts = invoice_facts(project.pk, figures.first_grant, on)
    city = own_city()
    read = Read(
        project=project,
        on=on,
        city=city.name if city else "",
        figures=figures,
        report=financing_report(figures, []),
        liability=liability_years(city_money(figures).liability_by_year),
        asked=asked,
        after=after,
        has_examples=facts.has_examples,
    )
    for room in ROOMS:
        content = _printed(read, _sheet(read, room))
        if count_pages(content) == 1:
            return content
    raise PdfError(_("Hankekortti ei mahdu yhdelle sivulle. Lyhennä hankkeen nimeä tai kuvausta."))


def _printed(read: Read, sheet: Sheet) -> bytes:
    project, on = read.project, read.on
    name = _("Hankekortti")
    return render_pdf(
        "documents/project_sheet.html",
        {"project": project, "sheet": sheet},
        title=f"{name}: {project.name}, {format_date(on)}",
        author=read.city or _("Kaupunki"),
        subject=" ".join(filter(None, [name, project.case_number])),
        head=Head(
            issuer=read.city,
            kind=name,
            about=project.short_name,
            day=_("Tilanne %s") % format_date(on),
            reference=project.case_number or _("Asianumero %s") % UNKNOWN,
        ),
        created=on,
    )


def _sheet(read: Read, room: Room) -> Sheet:
    figures, report, years, asked = read.figures, read.report, read.liability, read.asked
    return Sheet(
        facts=tuple(_facts(read.project, read.on, figures, room)),
        report=report,
        years=tuple(_years(years.rows, room.years)),
        total=_year_row(_("Yhteensä"), [years.total]),
        has_own=years.has_own,
        has_contributions=years.has_contributions,
        has_shared=years.has_shared,
        has_examples=read.has_examples,
        caps=_listed([_cap_words(cap) for cap in report.caps], room),
        asked=None if asked is None else tuple(_asked(each, read, room) for each in asked[: room.items]),
        more_asked=max(len(asked or ()) - room.items, 0),
        without_day=figures.without_day,
        is_tight=room.is_tight,
    )


def _facts(project: Project, on: date, figures: ProjectFigures, room: Room) -> Iterator[Fact]:
    period = format_period(project.starts_on, project.ends_on)
    yield Fact(_("Toteutusaika"), (f"{period}, {status_on(project, on).label}",))
    places = (str(project.programme or ""), project.priority_axis, project.specific_objective)
    yield Fact(_("Ohjelma"), tuple(cut(place, room.name) for place in places if place))
    for role in ImplementerRole:
        names = [cut(party.name, room.name) for party in figures.parties if party.role == role]
        if names or role == ImplementerRole.LEAD:
            line = "; ".join(_listed(names, room))
            yield Fact(_party_label(role, len(names)), (line,) if line else ())
    granted = [_grant_words(each, room) for each in figures.funding_decisions]
    label = ngettext("Rahoituspäätös", "Rahoituspäätökset", len(granted) or 1)
    yield Fact(label, _listed(granted, room))


def _party_label(role: ImplementerRole, parties: int) -> str:
    return {
        ImplementerRole.LEAD: _("Päätoteuttaja"),
        ImplementerRole.CO_IMPLEMENTER: ngettext("Osatoteuttaja", "Osatoteuttajat", parties),
        ImplementerRole.PARTICIPANT: ngettext("Osallistuja", "Osallistujat", parties),
        ImplementerRole.FUNDER_ONLY: ngettext("Rahoittaja", "Rahoittajat", parties),
    }[role]


def _listed(found: Sequence[str], room: Room) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    if len(found) <= room.rows:
        return tuple(found)
    left = len(found) - room.rows
    more = ngettext("ja %(left)s muu", "ja %(left)s muuta", left) % {"left": left}
    return (*found[: room.rows], more)


def _grant_words(decision: FundingDecisionFigures, room: Room) -> str:
    words = (f"{cut(decision.funder, room.name)} {format_date(decision.decided_on)}", decision.for_years)
    return ", ".join(filter(None, [*words, decision.granted_words]))


def _cap_words(cap: CapRow) -> str:
    most = format_euros(cap.cap) if cap.cap is not None else str(UNKNOWN)
    words = _("%(decision)s, %(years)s: enintään %(most)s, kattaa %(covers)s")
    return words % {"decision": cap.decision, "years": cap.years, "most": most, "covers": cap.covers}


def _years(rows: Sequence[LiabilityYear], room: int) -> Iterator[YearRow]:
    """A row a year; the last years share one if there are more than fit."""
    dated = [row for row in rows if row.year is not None]
    alone = dated if len(dated) <= room else dated[: room - 1]
    for row in alone:
        yield _year_row(str(row.year), [row])
    if rest := dated[len(alone) :]:
        yield _year_row(f"{rest[0].year}–{rest[-1].year}", rest)
    for row in rows:
        if row.year is None:
            yield _year_row(_("Vuosi ei tiedossa"), [row])


def _year_row(label: str, rows: Sequence[LiabilityYear]) -> YearRow:
    names = ("own", "contributions", "shared", "planned", "invoiced", "paid")
    return YearRow(label, *(sum_if_all_known(getattr(row, name) for row in rows) for name in names))


def _asked_now(project: Project, figures: ProjectFigures) -> list[Decision]:
    """What is not decided yet, what comes before the board next first."""
    keys = [row.decision_id for row in figures.decisions if not row.is_decided]
    found = Decision.objects.with_contents().filter(pk__in=keys).prefetch_related("commitments")
    return sorted(
        found,
        key=lambda row: (NEXT_FIRST.index(DecisionStage(row.stage)), row.meeting_date or date.max, row.pk),
    )


def _liability_after(decision: Decision, project: Project) -> Liability | None:
    """If it were decided as proposed; None if that authorises nothing for the project."""
    if project.pk not in {row.project_id for row in decision.commitments.all()}:
        return None
    after = dict(figures_once_decided(decision, DecisionOutcome.UNANIMOUS))
    return city_money(after[project]).liability


def _asked(decision: Decision, read: Read, room: Room) -> Asked:
    caps = [row for row in decision.commitments.all() if row.project_id == read.project.pk]
    is_own = decision.project_id == read.project.pk
    texts = filled_parts(decision, read.figures if is_own else None)
    kinds = (DecisionPartKind.PROPOSAL, DecisionPartKind.MOTION)
    text = next((texts[kind].text for kind in kinds if kind in texts), "").strip()
    shown = _shortened(text, room.signs)
    return Asked(
        title=tied(cut(decision.title, 2 * room.name)),
        meeting=_meeting(decision),
        caps=_listed(
            [
                f"{row.cap_in_words}, {row.years}, {inside_sentence(kinds_covered(row.covers))}"
                for row in caps
            ],
            room,
        ),
        text=blocks(shown),
        is_shortened=shown != text,
        after=read.after if read.asked and decision == read.asked[0] else "",
    )


def _meeting(decision: Decision) -> str:
    day = format_date(decision.meeting_date) if decision.meeting_date else _("kokouspäivä ei tiedossa")
    section = decision.shown_section if decision.section else ""
    return ", ".join(filter(None, [decision.body, day, section, decision.get_stage_display()]))


def _after(liability: Liability | None) -> str:
    if liability is None:
        return ""
    if liability.authorised is None or liability.outside is None:
        return _(
            "Ei voi laskea, riittääkö valtuutus ehdotuksen jälkeen, koska kaikki luvut eivät ole tiedossa."
        )
    words = _(
        "Ehdotuksen mukaan valtuutukset ovat yhteensä enintään %(authorised)s. Kokonaisvastuusta jää "
        "niiden ulkopuolelle %(outside)s."
    )
    shown = {"authorised": format_euros(liability.authorised), "outside": format_euros(liability.outside)}
    return words % shown


def _shortened(text: str, signs: int) -> str:
    """Whole lines as far as there is room, and of the next one what ends with a word."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if max(len(line), SHORT_LINE) > signs:
            start = line[:signs].rpartition(" ")[0] if len(line) > signs else ""
            return "\n".join([*lines[:place], f"{start} …".strip()])
        signs -= max(len(line), SHORT_LINE)
    return text


PROJECT_SHEET = Document(
    name="sheet",
    address="projects/<slug:key>/sheet.pdf",
    rows=lambda: Project.objects.select_related("programme"),
    key_field="slug",
    pdf=sheet_pdf,
    file_name=lambda project: f"hankekortti-{project.slug}.pdf",
    page=lambda project: reverse("project", args=[project.slug]),
    unknown=gettext_lazy("Hanketta %(key)s ei ole."),
)
