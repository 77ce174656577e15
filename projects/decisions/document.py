"""The city's decision as a document: the same contents for its page and its PDF."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from financing.queries.versions import plan_of_decision
from financing.rules.figures import PlanFigures, ProjectFigures
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import UNKNOWN, sum_known
from mikrogrow.values.plain_text import Block, blocks, tied
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from projects.models import (
    Attachment,
    Decision,
    DecisionOfficial,
    Organisation,
    archived_print,
)

BEFORE_ANNEXES = (
    DecisionPartKind.BACKGROUND,
    DecisionPartKind.FINANCING,
    DecisionPartKind.IMPACT,
    DecisionPartKind.MOTION,
)


@dataclass(frozen=True)
class Official:
    """An official named in a decision; what is not known is empty."""

    title: str
    name: str
    unit: str
    telephone: str
    email: str

    @property
    def shown(self) -> str:
        """Title and name: "vs. kaupunginjohtaja Maija Mallikas"."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True)
class FinancingRow:
    """What one source gives, as stated."""

    name: str
    amount: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class FinancingTable:
    """The stated financing of the city's part. `difference` is sources minus costs; None where unknown."""

    owner: str
    version: int
    status_label: str
    rows: tuple[FinancingRow, ...]
    total: Decimal | None
    cost: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How much more the sources give than the costs are."""
        return None if self.total is None or self.cost is None else self.total - self.cost


@dataclass(frozen=True)
class Part:
    """A part of the text with its label; the part on financing may have a table after its text."""

    kind: str
    label: str
    blocks: tuple[Block, ...]
    financing: FinancingTable | None = None


@dataclass(frozen=True)
class Annex:
    """An annex; `secrecy_reason` is empty for a public one."""

    number: int
    case_reference: str
    title: str
    is_public: bool
    secrecy_reason: str


@dataclass(frozen=True)
class DecisionDocument:
    """A decision in the order of municipal minutes. A part without content is not there.

    `note` says of a decision that is made why this is not what was printed then; it is empty where that
    is kept, and before.
    """

    city: str
    body: str
    name: str
    meeting_date: date | None
    section: int | None
    case_number: str
    title: str
    amends: str
    introducer: Official | None
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    preparer: Official | None
    presenter: Official | None
    proposal: Part | None
    decision: Part | None
    outcome: str
    conditions: tuple[Block, ...]
    note: str = ""

    @property
    def shown_section(self) -> str:
        """§ 13, or that it is not known."""
        return f"§\u00a0{self.section or UNKNOWN}"


def document_name(stage: str) -> str:
    """What the paper is called at a stage of the decision."""
    return {
        DecisionStage.DRAFT: _("Luonnos"),
        DecisionStage.MOTION: _("Esitys"),
        DecisionStage.PROPOSAL: _("Esityslista"),
        DecisionStage.DECIDED: _("Pöytäkirja"),
    }[DecisionStage(stage)]


def decision_document(decision: Decision, figures: ProjectFigures | None = None) -> DecisionDocument:
    """The contents of a decision that was read by `Decision.objects.with_contents()`.

    `figures` are those of its project, where they have been read already.
    """
    officials = {official.role: _official(official) for official in decision.officials.all()}
    texts = {part.kind: blocks(part.text) for part in decision.parts.all()}
    parts = {
        kind: Part(kind, str(DecisionPartKind(kind).label), text) for kind, text in texts.items() if text
    }
    note = ""
    if decision.is_frozen and archived_print(decision) is None:
        note = _("Tämä ei ole päätettäessä painettu pöytäkirja, koska sitä ei ole säilytetty.")
    if DecisionPartKind.FINANCING in parts:
        part = parts[DecisionPartKind.FINANCING]
        kept = plan_of_decision(decision) if decision.is_frozen else None
        plan = kept or _plan_of_today(decision, figures)
        table = _financing(plan) if plan else None
        parts[DecisionPartKind.FINANCING] = replace(part, financing=table)
        if note and table:
            note = f"{note} {_origin_of_table(is_from_then=kept is not None)}"
    city = Organisation.objects.filter(is_own_city=True).first()
    return DecisionDocument(
        city=city.name if city else "",
        body=decision.body,
        name=document_name(decision.stage),
        meeting_date=decision.meeting_date,
        section=decision.section,
        case_number=decision.case_number,
        title=tied(decision.title),
        amends=_amends(decision.amends),
        introducer=officials.get(OfficialRole.INTRODUCER),
        parts=tuple(parts[kind] for kind in BEFORE_ANNEXES if kind in parts),
        annexes=tuple(_annex(attachment) for attachment in decision.attachments.all()),
        preparer=officials.get(OfficialRole.PREPARER),
        presenter=officials.get(OfficialRole.PRESENTER),
        proposal=parts.get(DecisionPartKind.PROPOSAL),
        decision=parts.get(DecisionPartKind.DECISION),
        outcome=str(decision.get_outcome_display()) if decision.outcome else "",
        conditions=blocks(decision.conditions),
        note=note,
    )


def _plan_of_today(decision: Decision, figures: ProjectFigures | None) -> PlanFigures | None:
    """The plan of the city's part that counts now. Minutes show no draft, and none that came after them."""
    if decision.is_frozen and archived_print(decision) is not None:
        return None
    plan = (figures or figures_of(decision.project)).city_plan
    return plan if plan and (plan.is_approved or not decision.is_frozen) else None


def _origin_of_table(*, is_from_then: bool) -> str:
    """Which plan the table of a decision is from whose print was not kept."""
    if is_from_then:
        return _("Rahoituksen taulukko on suunnitelman versiosta, joka oli hyväksytty päätettäessä.")
    return _(
        "Rahoituksen taulukko on nyt hyväksytystä suunnitelmasta, joka voi olla toinen kuin päätettäessä."
    )


def _official(official: DecisionOfficial) -> Official:
    # A title that only repeats the label of its part is not said twice.
    repeats = official.title.casefold() == str(official.get_role_display()).casefold()
    return Official(
        title="" if repeats and official.name else official.shown_title,
        name=official.name,
        unit=official.unit,
        telephone=official.telephone,
        email=official.email,
    )


def _financing(plan: PlanFigures) -> FinancingTable | None:
    if not plan.lines:
        return None
    return FinancingTable(
        owner=plan.owner,
        version=plan.version,
        status_label=plan.status_label,
        rows=tuple(FinancingRow(line.source.name, line.amount, line.share) for line in plan.lines),
        total=sum_known([line.amount for line in plan.lines]),
        cost=plan.cost,
    )


def _annex(attachment: Attachment) -> Annex:
    return Annex(
        number=attachment.number,
        case_reference=attachment.case_reference,
        title=attachment.title,
        is_public=attachment.is_public,
        secrecy_reason=attachment.secrecy_reason,
    )


def _amends(amended: Decision | None) -> str:
    """The earlier decision that this one amends, by body, day and section."""
    if amended is None:
        return ""
    return f"{amended.body} {format_date(amended.meeting_date)} {amended.shown_section}"


def decision_pdf(decision: Decision, *, for_archive: bool = False, timeout_s: int | None = None) -> bytes:
    """The decision laid out as a PDF, read by `Decision.objects.with_contents()`. Raises PdfError.

    With `for_archive` these bytes become the official ones, so nothing in them says that they are not.
    """
    document = decision_document(decision)
    if for_archive:
        document = replace(document, note="")
    return render_pdf(
        "documents/decision.html",
        {"decision": document},
        title=f"{document.shown_section} {document.title}",
        author=", ".join(filter(None, [document.city, document.body])),
        subject=" ".join(filter(None, [document.name, document.case_number])),
        created=document.meeting_date,
        timeout_s=timeout_s,
    )
