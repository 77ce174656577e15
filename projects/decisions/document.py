"""The city's decision as a document: one value for its page and its PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from financing.queries.versions import plans_of_decisions
from financing.rules.authority import kinds_covered
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.pdf.documents import Head
from mikrogrow.pdf.render import document_markup, lay_out
from mikrogrow.values.dates import format_date, format_moment
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.money import sum_if_all_known
from mikrogrow.values.plain_text import Block, blocks, tied
from mikrogrow.values.secret_text import drawn_set_off
from projects.choices import CONDITIONS, DecisionOutcome, DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.check_codes import code_of
from projects.decisions.corrected import as_known_to
from projects.decisions.filled import filled_parts
from projects.decisions.instructions import instructions_of, kept_instructions
from projects.decisions.live.filling import Filled
from projects.decisions.meeting import Meeting, meeting_of
from projects.decisions.outcomes import outcome_sentence
from projects.models import (
    Attachment,
    Decision,
    DecisionBody,
    DecisionOfficial,
    Project,
    archived_print,
    own_city,
    section_words,
)

BEFORE_ANNEXES = (
    DecisionPartKind.BACKGROUND,
    DecisionPartKind.FINANCING,
    DecisionPartKind.IMPACT,
    DecisionPartKind.GROUNDS,
    DecisionPartKind.PARTIES,
    DecisionPartKind.MOTION,
)
AFTER_DECISION = (DecisionPartKind.EFFECT, DecisionPartKind.NOTICE)


@dataclass(frozen=True)
class Official:
    """An official named in a decision; an unknown field is empty."""

    title: str
    name: str
    unit: str
    telephone: str
    email: str

    @property
    def shown(self) -> str:
        return f"{self.title} {self.name}".strip()

    @property
    def in_line(self) -> str:
        return f"{inside_sentence(self.title)} {self.name}".strip()


@dataclass(frozen=True)
class FinancingRow:
    """What one source gives, as stated: euros and percent; None is unknown."""

    name: str
    amount: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class FinancingTable:
    """The stated financing of the city's part, in euros; None is unknown."""

    owner: str
    version: int
    status_label: str
    rows: tuple[FinancingRow, ...]
    total: Decimal | None
    cost: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.total is None or self.cost is None else self.total - self.cost

    @property
    def has_shares(self) -> bool:
        return any(row.share is not None for row in self.rows)


@dataclass(frozen=True)
class Part:
    """A part of the text with its label; the part on financing may have a table."""

    kind: str
    label: str
    blocks: tuple[Block, ...]
    financing: FinancingTable | None = None


@dataclass(frozen=True)
class Annex:
    """`secrecy_reason` is empty for a public annex, `file` without one: its kind and size."""

    number: int
    case_reference: str
    title: str
    is_public: bool
    secrecy_reason: str
    file: str = ""
    key: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Authorised:
    """What the decision authorises for one project, in words."""

    project: str
    cap: str
    years: str
    covers: str


@dataclass(frozen=True)
class ShownCorrection:
    """An evident slip that was corrected, in the corrected extract."""

    day: date
    part: str
    old_words: str
    new_words: str
    reason: str


@dataclass(frozen=True)
class DecisionDocument:
    """A decision in the order of municipal minutes, without the parts that are empty.

    `note` is for a made decision without an archived print: why this may differ from what was printed then.
    `authorised` is empty if the decision concerns only the project in which it was prepared.
    """

    city: str
    body: str
    name: str
    meeting_date: date | None
    section: int | None
    case_number: str
    title: str
    amends: str
    continues: str
    introducer: Official | None
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    preparer: Official | None
    presenter: Official | None
    proposal: Part | None
    decision: Part | None
    outcome: str
    # Empty where the decision's text says the outcome itself.
    outcome_sentence: str
    conditions: tuple[Block, ...]
    note: str = ""
    authorised: tuple[Authorised, ...] = ()
    meeting: Meeting = field(default_factory=Meeting)
    # Parts after the decision.
    following: tuple[Part, ...] = ()
    # The instructions; of a draft those that it would be given now.
    appeal: Part | None = None
    # Of a corrected extract: its texts are the corrected ones.
    corrections: tuple[ShownCorrection, ...] = ()
    # With what is secret, for those who may see it.
    is_internal: bool = False

    @property
    def is_decided(self) -> bool:
        return bool(self.decision or self.outcome)

    @property
    def proposed_conditions(self) -> tuple[Block, ...]:
        """Conditions belong to what is decided, and before that to what is proposed."""
        return () if self.is_decided else self.conditions

    @property
    def has_public_files(self) -> bool:
        return any(annex.is_public and annex.file for annex in self.annexes)

    @property
    def has_secret_files(self) -> bool:
        return any(annex.file and not annex.is_public for annex in self.annexes)

    @property
    def has_references(self) -> bool:
        return any(annex.case_reference for annex in self.annexes)

    @property
    def shown_section(self) -> str:
        return section_words(self.section)


class Shared:
    """What the documents of several decisions share: read once, and only if one of them asks."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = decisions

    @cached_property
    def city(self) -> str:
        city = own_city()
        return city.name if city else ""

    @cached_property
    def bodies(self) -> list[DecisionBody]:
        return list(DecisionBody.objects.all())

    @cached_property
    def plans(self) -> dict[int, PlanFigures]:
        return plans_of_decisions([row for row in self._decisions if row.is_frozen])

    @cached_property
    def projects(self) -> dict[int, str]:
        """Names of those that the decisions authorise something for."""
        rows = Project.objects.filter(commitments__decision__in=[row.pk for row in self._decisions])
        return dict(rows.values_list("pk", "short_name"))


def document_name(stage: str) -> str:
    return {
        DecisionStage.DRAFT: _("Luonnos"),
        DecisionStage.MOTION: _("Esitys"),
        DecisionStage.PROPOSAL: _("Esityslistan asia"),
        DecisionStage.DECIDED: _("Pöytäkirjanote"),
    }[DecisionStage(stage)]


def decision_document(
    decision: Decision,
    figures: ProjectFigures | None = None,
    *,
    is_internal: bool = False,
    shared: Shared | None = None,
) -> DecisionDocument:
    """Of one read `with_contents()`; `figures` are its project's, if they and what is shared are read."""
    shared = shared or Shared([decision])
    officials = {official.role: _official(official) for official in decision.officials.all()}
    texts = {kind: part.text for kind, part in _filled(decision, figures, is_internal)}
    parts, note = _with_financing(_parts(texts), decision, figures, shared)
    meeting = meeting_of(decision, is_internal=is_internal)
    return DecisionDocument(
        city=shared.city,
        body=decision.body,
        name=document_name(decision.stage),
        meeting_date=decision.meeting_date,
        section=decision.section,
        case_number=decision.case_number,
        title=tied(decision.title),
        amends=_item(decision, decision.amends),
        continues=_item(decision, decision.continues),
        introducer=officials.get(OfficialRole.INTRODUCER),
        parts=tuple(parts[kind] for kind in BEFORE_ANNEXES if kind in parts),
        annexes=tuple(_annex(attachment, is_internal) for attachment in decision.attachments.all()),
        preparer=officials.get(OfficialRole.PREPARER),
        presenter=officials.get(OfficialRole.PRESENTER),
        proposal=parts.get(DecisionPartKind.PROPOSAL),
        decision=parts.get(DecisionPartKind.DECISION),
        outcome=str(decision.get_outcome_display()) if decision.outcome else "",
        outcome_sentence=_outcome_sentence(decision, meeting, texts.get(DecisionPartKind.DECISION, "")),
        conditions=blocks(texts[CONDITIONS]),
        note=note,
        authorised=_authorised(decision, shared),
        meeting=meeting,
        is_internal=is_internal,
        following=tuple(parts[kind] for kind in AFTER_DECISION if kind in parts),
        appeal=_appeal(decision, shared),
    )


def _appeal(decision: Decision, shared: Shared) -> Part | None:
    found = (
        kept_instructions(decision)
        if decision.is_frozen
        else instructions_of(decision, bodies=shared.bodies).appeal
    )
    return Part(found.kind, tied(found.title), blocks(found.text)) if found else None


def _parts(texts: Mapping[str, str]) -> dict[str, Part]:
    return {
        kind: Part(kind, str(DecisionPartKind(kind).label), found)
        for kind, text in texts.items()
        if kind != CONDITIONS and (found := blocks(text))
    }


def _with_financing(
    parts: dict[str, Part], decision: Decision, figures: ProjectFigures | None, shared: Shared
) -> tuple[dict[str, Part], str]:
    """The part on financing with its table, and the note of a made decision without an archived print."""
    note = ""
    if decision.is_frozen and archived_print(decision) is None:
        note = _("Tämä ei ole päätettäessä tulostettu pöytäkirjanote, koska sitä ei ole säilytetty.")
    part = parts.get(DecisionPartKind.FINANCING)
    if part is None:
        return parts, note
    kept = shared.plans.get(decision.pk) if decision.is_frozen else None
    plan = kept or _plan_of_today(decision, figures)
    table = _financing(plan) if plan else None
    if note and table:
        note = f"{note} {_origin_of_table(is_from_then=kept is not None)}"
    return {**parts, DecisionPartKind.FINANCING: replace(part, financing=table)}, note


def _outcome_sentence(decision: Decision, meeting: Meeting, text: str) -> str:
    # Votes that are printed say it.
    if decision.outcome == DecisionOutcome.VOTE and meeting.votes:
        return ""
    return outcome_sentence(decision.outcome, text)


def _authorised(decision: Decision, shared: Shared) -> tuple[Authorised, ...]:
    prefetch_related_objects([decision], "commitments")
    rows = decision.commitments.all()
    if {row.project_id for row in rows} <= {decision.project_id}:
        return ()
    corrected = {row.corrects_id for row in rows}
    return tuple(
        Authorised(shared.projects[row.project_id], row.cap_in_words, row.years, kinds_covered(row.covers))
        for row in rows
        if row.pk not in corrected
    )


def _plan_of_today(decision: Decision, figures: ProjectFigures | None) -> PlanFigures | None:
    # Minutes show no draft, and no plan that was approved after them.
    if decision.is_frozen and archived_print(decision) is not None:
        return None
    plan = (figures or figures_of(decision.project)).city_plan
    return plan if plan and (plan.is_approved or not decision.is_frozen) else None


def _origin_of_table(*, is_from_then: bool) -> str:
    if is_from_then:
        return _("Rahoituksen taulukko on suunnitelman versiosta, joka oli hyväksytty päätettäessä.")
    return _(
        "Rahoituksen taulukko on nyt hyväksytystä suunnitelmasta, joka voi olla toinen kuin päätettäessä."
    )


def _item(decision: Decision, other: Decision | None) -> str:
    known = as_known_to(decision, other)
    return known.item if known else ""


def _official(official: DecisionOfficial) -> Official | None:
    # A title that only repeats the label of its part is not repeated.
    repeats = official.title.casefold() == str(official.get_role_display()).casefold()
    found = Official(
        title="" if repeats and official.name else official.shown_title,
        name=official.name,
        unit=official.unit,
        telephone=official.telephone,
        email=official.email,
    )
    # A role without a person is no part of the document.
    return found if any(astuple(found)) else None


def _financing(plan: PlanFigures) -> FinancingTable | None:
    if not plan.lines:
        return None
    return FinancingTable(
        owner=plan.owner,
        version=plan.version,
        status_label=plan.status_label,
        rows=tuple(FinancingRow(line.source.name, line.amount, line.share) for line in plan.lines),
        total=sum_if_all_known([line.amount for line in plan.lines]),
        cost=plan.cost,
    )


def _filled(
    decision: Decision, figures: ProjectFigures | None, is_internal: bool
) -> Iterable[tuple[str, Filled]]:
    return filled_parts(decision, figures, is_internal=is_internal).items()


def _annex(attachment: Attachment, is_internal: bool) -> Annex:
    return Annex(
        number=attachment.number,
        case_reference=attachment.case_reference,
        title=attachment.title if is_internal else attachment.title_for_all,
        is_public=attachment.is_public,
        secrecy_reason=attachment.secrecy_reason,
        file=attachment.file.shown if hasattr(attachment, "file") else "",
        key=attachment.pk,
    )


def decision_pdf(
    decision: Decision, *, at: datetime, timeout_s: int | None = None, is_internal: bool = False
) -> bytes:
    """Read the decision `with_contents()`. Raises PdfError."""
    return lay_out(decision_markup(decision, at=at, is_internal=is_internal), timeout_s=timeout_s)


def decision_markup(decision: Decision, *, at: datetime, is_internal: bool = False) -> str:
    """Read the decision `with_contents()`. Raises PdfError.

    What is not decided says that it was printed `at`; what is decided has the same bytes at all times.
    """
    draft = "" if decision.is_frozen else draft_words(document_name(decision.stage), at)
    return _markup(decision, decision_document(decision, is_internal=is_internal), draft=draft)


@dataclass(frozen=True)
class StampedMarkup:
    """What the official print is laid out from, and the check code that is printed at its end."""

    markup: str
    code: str


def stamped_markup(
    decision: Decision,
    *,
    at: datetime,
    corrections: tuple[ShownCorrection, ...] = (),
    is_internal: bool = False,
) -> StampedMarkup:
    """Read the made decision `with_contents()`. Its print becomes an official one. Raises PdfError.

    The code is made of everything printed but itself, and of which decision it is. With `corrections`, the
    decision has its corrected texts.
    """
    # It carries no note that it is not the official one.
    document = decision_document(decision, is_internal=is_internal)
    document = replace(document, note="", corrections=corrections)
    if corrections:
        document = replace(document, name=_("Korjattu pöytäkirjanote"))
    printed = _("Tulostettu %s.") % format_moment(at)
    code = code_of(f"{decision.pk} {_markup(decision, document, stamp=printed)}")
    words = _("%(printed)s Tarkistustunnus %(code)s.") % {"printed": printed, "code": code}
    return StampedMarkup(_markup(decision, document, stamp=words), code)


def _markup(decision: Decision, document: DecisionDocument, *, draft: str = "", stamp: str = "") -> str:
    if document.is_internal:
        document = replace(document, name=_("%s, sisältää salassa pidettävää") % document.name)
    markup = document_markup(
        "documents/decision.html",
        {"decision": document, "stamp": stamp},
        title=f"{document.name}, {decision.item}: {document.title}",
        author=", ".join(filter(None, [document.city, document.body])),
        subject=" ".join(filter(None, [document.name, document.case_number])),
        head=Head(
            issuer=document.city,
            kind=document.name,
            about=document.body,
            day=_("Kokouspäivä %s") % format_date(document.meeting_date),
            reference=document.shown_section,
            draft=draft,
        ),
        created=document.meeting_date,
    )
    return drawn_set_off(markup) if document.is_internal else markup


def draft_words(name: str, at: datetime) -> str:
    return _("%(name)s. Asiaa ei ole päätetty. Tulostettu %(moment)s.") % {
        "name": name,
        "moment": format_moment(at),
    }
