"""The page on which the publication of a made decision and its notices to parties are recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.values.dates import format_date
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import (
    ShownForm,
    Step,
    of_stored,
    row_of,
    show_or_save,
    shown_form,
    step_named,
    typed_again,
)
from mikrogrow.web.shown_day import shown_day
from projects.decisions import lodged_appeals, notices
from projects.decisions.appeal_report import AppealReport, LodgedRow, NoticeRow, appeal_report
from projects.decisions.corrected import with_corrections
from projects.decisions.instructions import kept_instructions
from projects.forms.notices import (
    LodgedAppealForm,
    LodgedAppealRemovalForm,
    NoticeForm,
    NoticeRemovalForm,
    PublicationForm,
)
from projects.models import Decision, DecisionNotice, DecisionPublication, LodgedAppeal
from projects.pages.project_page import page_of

# Of a name, in the words that open its form.
LONGEST_SHOWN = 40
STEPS = {
    "publication": Step(
        PublicationForm, notices.record_publication, gettext_lazy("Julkaisun tiedot on tallennettu.")
    ),
    "notice": Step(NoticeForm, notices.add_notice, gettext_lazy("Tiedoksianto on kirjattu."), rows="notices"),
    "notice_change": of_stored(
        NoticeForm, notices.change_notice, gettext_lazy("Tiedoksianto on korjattu."), "notices"
    ),
    "notice_removal": of_stored(
        NoticeRemovalForm,
        notices.remove_notice,
        gettext_lazy("Tiedoksianto on poistettu."),
        "notices",
        removes=True,
    ),
    "lodged": Step(
        LodgedAppealForm,
        lodged_appeals.add_lodged,
        gettext_lazy("Muutoksenhaku on kirjattu."),
        rows="lodged_appeals",
    ),
    "lodged_change": of_stored(
        LodgedAppealForm,
        lodged_appeals.change_lodged,
        gettext_lazy("Muutoksenhaun tiedot on tallennettu."),
        "lodged_appeals",
    ),
    "lodged_removal": of_stored(
        LodgedAppealRemovalForm,
        lodged_appeals.remove_lodged,
        gettext_lazy("Muutoksenhaku on poistettu."),
        "lodged_appeals",
        removes=True,
    ),
}


def decision_notice(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not notices.may_record(request.user):
        raise PermissionDenied
    if not found.is_frozen:
        messages.info(
            request, _("Päätöstä ei ole vielä tehty. Julkaisu ja tiedoksianto kirjataan sen jälkeen.")
        )
        return redirect(found)
    again, sent = typed_again(request), None
    if again or request.method == "POST":
        name = request.POST.get("step", "")
        step = step_named(STEPS, name)
        form = _save(request, again, found, name)
        if isinstance(form, str):
            messages.success(request, str(step.done))
            return redirect(form)
        sent = shown_form(request, name, form)
        found = _found(request, pk)
    (shown,) = with_corrections([found])
    return render(request, "projects/notice.html", _context(request, shown, sent))


def _found(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user).with_contents()
    found: Decision = get_object_or_404(visible, pk=pk)
    return found


def _save(request: HttpRequest, again: Any, found: Decision, name: str) -> str | RowForm:
    """The address of the page after saving, or the form that says why nothing was saved."""
    step = step_named(STEPS, name)
    address = reverse("decision_notice", args=[found.pk])
    try:
        _row(found, name)
    except Http404:
        # A second click: the first one has removed it.
        if step.removes:
            return address
        raise

    def act(values: dict[str, Any]) -> str:
        of = {"key": int(name.partition("-")[2])} if step.is_of_stored else {}
        step.act(decision=found, user=request.user, on=timezone.localdate(), **of, **values)
        return address

    return show_or_save(request, again, name, found, lambda data: _form(found, name, data), act)


def _form(found: Decision, name: str, data: Any = None) -> RowForm:
    """Of the row as it is stored now."""
    step = step_named(STEPS, name)
    return step.form(data, instance=_row(found, name), name=name)


def _row(found: Decision, name: str) -> Model:
    step = step_named(STEPS, name)
    return row_of(step, found, name) if step.rows else _publication(found)


def _publication(found: Decision) -> DecisionPublication:
    stored = DecisionPublication.objects.filter(decision=found).first()
    return stored or DecisionPublication(decision=found)


@dataclass(frozen=True)
class RecordedRow:
    """A row as its list shows it; `summary` opens its form."""

    day: date
    whom: str
    words: str
    summary: str


def _notice(row: NoticeRow) -> RecordedRow:
    whom = row.notice.recipient
    summary = _("Korjaa tiedoksianto: %s…") % whom[:LONGEST_SHOWN]
    return RecordedRow(row.notice.day, whom, row.notice.get_way_display(), summary)


def _lodged(row: LodgedRow) -> RecordedRow:
    lodged = row.lodged
    outcome = (
        _("vireillä")
        if row.is_pending
        else f"{lodged.get_outcome_display()} {format_date(lodged.outcome_on)}"
    )
    words = ", ".join([lodged.get_kind_display(), row.time_words, outcome])
    summary = _("Kirjaa ratkaisu tai korjaa tietoja: %s…") % lodged.appellant[:LONGEST_SHOWN]
    return RecordedRow(lodged.arrived_on, lodged.appellant, words, summary)


def _offer_notices(report: AppealReport, forms: Iterable[ShownForm]) -> None:
    for shown in forms:
        if isinstance(shown.form, LodgedAppealForm):
            shown.form.offer(row.notice for row in report.rows)


def _context(request: HttpRequest, found: Decision, sent: ShownForm | None) -> dict[str, Any]:
    page = page_of(found.project, shown_day(request))
    report = appeal_report(found, timezone.localdate())

    def shown(form: RowForm, name: str) -> ShownForm:
        return sent if sent and sent.name == name else shown_form(request, name, form)

    def of_row(row: Model, kind: str) -> ShownForm:
        change, removal = f"{kind}_change-{row.pk}", f"{kind}_removal-{row.pk}"
        forms = (STEPS[f"{kind}_{what}"].form for what in ("change", "removal"))
        form, remove = (
            shown(made(instance=row, name=name), name)
            for made, name in zip(forms, (change, removal), strict=True)
        )
        return replace(form, removal=remove)

    lodged = [(_lodged(row), of_row(row.lodged, "lodged")) for row in report.lodged]
    new_lodged = shown(LodgedAppealForm(instance=LodgedAppeal(decision=found), name="lodged"), "lodged")
    _offer_notices(report, [*(form for _row, form in lodged), new_lodged])
    return {
        **page.context("decisions"),
        "decision": found,
        "instructions": kept_instructions(found),
        "report": report,
        "publication": shown(
            PublicationForm(instance=_publication(found), name="publication"), "publication"
        ),
        "rows": [(_notice(row), of_row(row.notice, "notice")) for row in report.rows],
        "lodged": lodged,
        "new_lodged": new_lodged,
        "new_notice": shown(
            NoticeForm(
                instance=DecisionNotice(decision=found),
                initial={"day": timezone.localdate()},
                name="notice",
            ),
            "notice",
        ),
        "is_refused": sent is not None,
    }
