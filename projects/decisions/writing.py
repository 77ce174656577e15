"""Writing a decision that is not made yet: its facts, officials, parts and annexes."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import locked, writes
from projects.choices import CONDITIONS, DecisionPartKind, MatterKind
from projects.decisions.first_draft import first_draft
from projects.models import Attachment, Decision, DecisionOfficial, DecisionPart, Project

FACTS = ("title", "case_number", "amends", "body", "meeting_date", "section", "matter_kind")
OF_OFFICIAL = ("title", "is_acting", "name", "unit", "telephone", "email")
OF_ANNEX = ("number", "case_reference", "title", "is_public", "secrecy_reason", "public_title")


def may_write(user: Any) -> bool:
    return bool(user.has_perm("projects.change_decision"))


@writes("project")
def start_decision(*, project: Project, user: Any, is_drafted: bool, **facts: Any) -> Decision:
    """Has the officials of the body's latest decision. If it is drafted, it has a first text of each part."""
    if not user.has_perm("projects.add_decision"):
        raise PermissionDenied
    # What a decision does most often; another is chosen with its facts.
    decision = Decision(project=project, **{"matter_kind": MatterKind.DECIDES, **facts})
    add_row(decision, user, _("Valmistelu aloitettu."))
    for official in latest_officials(decision.body, apart_from=decision):
        copied = {name: getattr(official, name) for name in (*OF_OFFICIAL, "role")}
        add_row(DecisionOfficial(decision=decision, **copied), user, _("Edellisestä päätöksestä."))
    for kind, text in first_draft(decision).items() if is_drafted else ():
        if text:
            row = DecisionPart(decision=decision, kind=kind, text=text)
            add_row(row, user, _("Ensimmäinen luonnos."))
    return decision


@writes("decision")
def change_facts(*, decision: Decision, user: Any, **facts: Any) -> None:
    change_row(open_decision(decision, user), user, _("Kokouksen ja asian tiedot muutettu."), **facts)


@writes("decision")
def write_part(*, decision: Decision, kind: str, text: str, user: Any) -> None:
    """An empty text takes the part away."""
    stored = open_decision(decision, user)
    if kind == CONDITIONS:
        change_row(stored, user, _("Ehdot kirjoitettu."), conditions=text)
        return
    parts = stored.parts.filter(kind=kind)
    part = parts.first()
    if part is None and text.strip():
        part = DecisionPart(decision=stored, kind=DecisionPartKind(kind), text=text)
        add_row(part, user, _("Osa kirjoitettu."))
    elif not text.strip():
        remove_row(parts, user, _("Osa poistettu."))
    elif part is not None:
        change_row(part, user, _("Osa kirjoitettu."), text=text)


@writes("decision")
def name_official(*, decision: Decision, role: str, user: Any, **values: Any) -> None:
    stored = open_decision(decision, user)
    row = stored.officials.filter(role=role).first()
    if row is None:
        row = DecisionOfficial(decision=stored, role=role, **values)
        add_row(row, user, _("Valmistelija tai esittelijä nimetty."))
    else:
        change_row(row, user, _("Valmistelijan tai esittelijän tiedot muutettu."), **values)


@writes("decision")
def forget_official(*, decision: Decision, role: str, user: Any) -> None:
    remove_row(
        open_decision(decision, user).officials.filter(role=role),
        user,
        _("Valmistelija tai esittelijä poistettu."),
    )


@writes("decision")
def add_annex(*, decision: Decision, user: Any, **values: Any) -> Attachment:
    row = Attachment(decision=open_decision(decision, user), **values)
    return add_row(row, user, _("Liite lisätty."))


@writes("decision")
def change_annex(*, decision: Decision, key: int, user: Any, **values: Any) -> Attachment:
    row: Attachment | None = open_decision(decision, user).attachments.filter(pk=key).first()
    if row is None:
        raise ValidationError(
            _("Liite on poistettu sivun avaamisen jälkeen. Lisää se tarvittaessa uudelleen.")
        )
    return change_row(row, user, _("Liitteen tiedot muutettu."), **values)


@writes("decision")
def remove_annex(*, decision: Decision, key: int, user: Any) -> None:
    """Nothing if somebody has removed it meanwhile."""
    remove_row(open_decision(decision, user).attachments.filter(pk=key), user, _("Liite poistettu."))


def body_of_latest(project: Project) -> str:
    """Of the project's latest decision, or of anybody's; empty if there is none."""
    rows = Decision.objects.order_by(F("meeting_date").desc(nulls_last=True), "-pk")
    own = rows.filter(project=project).values_list("body", flat=True).first()
    return own or rows.values_list("body", flat=True).first() or ""


def latest_officials(body: str, apart_from: Decision | None = None) -> QuerySet[DecisionOfficial]:
    """Those of the body's latest decision that names any."""
    named = Decision.objects.filter(body=body, officials__isnull=False)
    if apart_from is not None:
        named = named.exclude(pk=apart_from.pk)
    latest = named.order_by(F("meeting_date").desc(nulls_last=True), "-pk").values("pk")[:1]
    return DecisionOfficial.objects.filter(decision__in=list(latest.values_list("pk", flat=True)))


def next_annex_number(decision: Decision) -> int:
    """The numbers run through a meeting, as far as its decisions are here."""
    rows = Attachment.objects.filter(decision=decision)
    if decision.meeting_date is not None:
        rows |= Attachment.objects.filter(
            decision__body=decision.body, decision__meeting_date=decision.meeting_date
        )
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def next_section(body: str, meeting_date: date | None) -> int | None:
    """After the body's last in the year, as far as its decisions are here; None without one or a day."""
    if meeting_date is None:
        return None
    rows = Decision.objects.filter(body=body).of_year(meeting_date.year)
    found = rows.aggregate(last=Max("section"), corrected=Max("corrections__new_section"))
    last = max(found["last"] or 0, found["corrected"] or 0)
    return last + 1 if last else None


def open_decision(decision: Decision, user: Any) -> Decision:
    """Locked. Raises PermissionDenied, or ValidationError if it is made by now."""
    if not may_write(user):
        raise PermissionDenied
    stored: Decision = locked(Decision.objects.filter(pk=decision.pk)).get()
    if stored.is_frozen:
        raise ValidationError(str(Decision.frozen.message))
    return stored
