"""The page on which a decision is written: each part, official and annex is saved on its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.queries.figures import figures_of
from mikrogrow.admin.authors import Authors
from mikrogrow.pdf.glyphs import only_printable
from mikrogrow.values.dates import format_moment
from mikrogrow.values.merged_text import merged_text
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import ShownForm, as_seen, seen_values, shown_form, typed_again
from mikrogrow.web.scripts import asks_for_json
from mikrogrow.web.seen import seen_at
from mikrogrow.web.shown_day import shown_day
from projects.choices import CONDITIONS, OPTIONAL_PARTS, DecisionPartKind, OfficialRole
from projects.decisions import annex_files, writing
from projects.decisions.drafting.parts import PARTS
from projects.decisions.filled import live_of, secret_texts
from projects.decisions.first_draft import first_draft
from projects.decisions.instructions import instructions_of
from projects.decisions.margin import Margins, margins_of
from projects.forms.annexes import AnnexFileRemovalForm, AnnexForm
from projects.forms.handling import GROUNDS, GROUNDS_ID
from projects.forms.writing import (
    AnnexRemovalForm,
    FactsForm,
    OfficialForm,
    OfficialRemovalForm,
    PartForm,
    TextForm,
)
from projects.models import Attachment, Decision, DecisionOfficial, DecisionPart
from projects.pages.decision import ShownLine, ShownMargin
from projects.pages.handling import handling_steps, is_handled, shown_groups
from projects.pages.project_page import page_of
from projects.pages.steps import Step, StepsOfPage

# The name of the button that drafts a part.
DRAFT, PRINTABLE = "draft", "printable"
# What the body has decided is not known beforehand.
DRAFTED = set(PARTS) - {DecisionPartKind.DECISION}


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved of a part meanwhile; `is_merged` if the form has both people's changes."""

    text: str
    by: str
    is_merged: bool


@dataclass(frozen=True)
class Sent:
    """What was sent and not saved. `replaced` is what was typed where a part was drafted anew."""

    shown: ShownForm
    theirs: Theirs | None = None
    is_drafted: bool = False
    replaced: str = ""


@dataclass(frozen=True)
class WrittenPart:
    shown: ShownForm
    margin: ShownMargin | None
    sent: Sent | None = None
    can_draft: bool = False
    is_folded: bool = False


def _part(decision: Decision, kind: str) -> Model:
    if kind == CONDITIONS:
        return decision
    if kind not in DecisionPartKind.values:
        raise Http404
    found = next((part for part in decision.parts.all() if part.kind == kind), None)
    return found or DecisionPart(decision=decision, kind=kind)


def _official(decision: Decision, role: str) -> Model:
    if role not in OfficialRole.values:
        raise Http404
    found = next((each for each in decision.officials.all() if each.role == role), None)
    return found or DecisionOfficial(decision=decision, role=role)


def _annex(decision: Decision, key: str) -> Model:
    if not key:
        return Attachment(decision=decision)
    found = next((annex for annex in decision.attachments.all() if str(annex.pk) == key), None)
    if found is None:
        raise Http404
    return found


STEPS = {
    "facts": Step(
        FactsForm,
        lambda decision, _key: decision,
        writing.change_facts,
        lambda key: {},
        gettext_lazy("Kokouksen ja asian tiedot on tallennettu."),
    ),
    "part": Step(
        PartForm,
        _part,
        writing.write_part,
        lambda key: {"kind": key},
        gettext_lazy("Osa on tallennettu."),
    ),
    "official": Step(
        OfficialForm,
        _official,
        writing.name_official,
        lambda key: {"role": key},
        gettext_lazy("Henkilön tiedot on tallennettu."),
    ),
    "official_removal": Step(
        OfficialRemovalForm,
        _official,
        writing.forget_official,
        lambda key: {"role": key},
        gettext_lazy("Henkilö on poistettu päätöksestä."),
    ),
    "annex": Step(
        AnnexForm,
        _annex,
        annex_files.add_annex_with_file,
        lambda key: {},
        gettext_lazy("Liite on lisätty."),
        lambda decision: {
            "number": writing.next_annex_number(decision),
            "case_reference": decision.case_number,
        },
    ),
    "annex_change": Step(
        AnnexForm,
        _annex,
        annex_files.change_annex_with_file,
        lambda key: {"key": int(key)},
        gettext_lazy("Liitteen tiedot on tallennettu."),
    ),
    "annex_removal": Step(
        AnnexRemovalForm,
        _annex,
        writing.remove_annex,
        lambda key: {"key": int(key)},
        gettext_lazy("Liite on poistettu."),
    ),
    "annex_file_removal": Step(
        AnnexFileRemovalForm,
        _annex,
        annex_files.remove_file,
        lambda key: {"key": int(key)},
        gettext_lazy("Liitteen tiedosto on poistettu."),
    ),
    **handling_steps(),
}
PAGE = StepsOfPage("write_decision", STEPS)


def write_decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not writing.may_write(request.user):
        raise PermissionDenied
    if found.is_frozen:
        messages.info(request, str(Decision.frozen.message))
        return redirect(found)
    again, sent = typed_again(request), None
    if DRAFT in request.POST:
        sent = _drafted(request, found, request.POST.get("step", ""))
    elif again or request.method == "POST":
        name = request.POST.get("step", "")
        if PRINTABLE in request.POST:
            request.POST = _printable(request.POST)  # type: ignore[assignment]
        form = PAGE.save(request, again, found, name, lambda: _found(request, pk))
        found = _found(request, pk)
        if isinstance(form, str):
            return _saved(request, found, name, form)
        sent = _sent(request, found, name, form)
        if asks_for_json(request):
            return _refused(sent)
    return render(request, "projects/write.html", _context(request, found, sent))


def _printable(typed: QueryDict) -> QueryDict:
    """Of a text that was refused for signs that no font has: without them, as its writer asks."""
    found = typed.copy()
    for name in {"text", "conditions"} & set(found):
        found[name] = only_printable(str(found[name]))
    return found


def _drafted(request: HttpRequest, found: Decision, name: str) -> Sent:
    """A part as it can be written from what is known of the project, to be looked at and saved."""
    step, kind = PAGE.step(name)
    if step.form is not PartForm or kind not in DRAFTED:
        raise BadRequest
    form = PartForm(
        {"text": first_draft(found, [DecisionPartKind(kind)])[DecisionPartKind(kind)]},
        instance=_part(found, kind),
        name=name,
    )
    shown = as_seen(request, shown_form(request, name, form))
    return Sent(shown, is_drafted=True, replaced=request.POST.get("text", ""))


def _found(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user).with_contents()
    found: Decision = get_object_or_404(visible, pk=pk)
    return found


def _sent(request: HttpRequest, found: Decision, name: str, form: RowForm) -> Sent:
    """A refused text has both people's changes, if they are in different places."""
    theirs = None
    if isinstance(form, TextForm) and request.POST.get(form.column) is not None:
        theirs = _theirs(request, found, name, form)
    shown = shown_form(request, name, form)
    if theirs is not None:
        # Told of, it is what the text now rests on.
        shown = replace(shown, seen=shown_form(request, name, PAGE.form(found, name)).seen)
    return Sent(shown, theirs)


def _theirs(request: HttpRequest, found: Decision, name: str, form: TextForm) -> Theirs | None:
    stored = str(PAGE.form(found, name).initial.get(form.column) or "")
    own = "\n".join(str(request.POST[form.column]).splitlines())
    seen = str(seen_values(request, name, form).get(form.column) or "")
    if stored.strip() in (own.strip(), seen.strip()):
        return None
    merged = merged_text(f"{seen.strip()}\n", f"{stored.strip()}\n", f"{own.strip()}\n")
    if merged is not None:
        form.data = {**request.POST.dict(), form.column: merged.strip()}
    authors = Authors(request.user, seen_at(request))
    by = authors.of_value(form, form.column) or authors.of_rows(form)
    return Theirs(stored, by, merged is not None)


def _saved(request: HttpRequest, found: Decision, name: str, address: str) -> HttpResponse:
    step, key = PAGE.step(name)
    if not asks_for_json(request):
        messages.success(request, str(step.done))
        return redirect(address)
    return JsonResponse(
        {
            "words": _("Tallennettu %s") % format_moment(timezone.now()),
            "seen": shown_form(request, name, PAGE.form(found, name)).seen,
            "margin": render_to_string(
                "components/margin.html", {"margin": _margin(_margins(found), key, PAGE.form(found, name))}
            ),
        }
    )


def _refused(sent: Sent) -> HttpResponse:
    """The text that was sent stays where it was typed; `text` is it with the other person's changes."""
    form: Any = sent.shown.form
    is_merged = sent.theirs is not None and sent.theirs.is_merged
    return JsonResponse(
        {
            "notice": render_to_string("components/part_refused.html", vars(sent)),
            "seen": sent.shown.seen,
            "text": form.data[form.column] if is_merged else None,
        },
        status=409 if sent.theirs else 422,
    )


def _margins(found: Decision) -> Margins:
    return margins_of(figures_of(found.project), found.pk, secret=secret_texts(found))


def _margin(margins: Margins, kind: str, form: Any) -> ShownMargin | None:
    """Figures are marked on the decision's page."""
    margin = margins.by_kind.get(kind)
    if margin is None:
        return None
    field = form.text_field.id_for_label
    return ShownMargin(margin, tuple(map(ShownLine, margin.lines)), may_mark=False, field=field)


def _context(request: HttpRequest, found: Decision, sent: Sent | None) -> dict[str, Any]:
    page = page_of(found.project, shown_day(request))

    def shown(name: str, removal: str = "") -> ShownForm:
        refused = sent is not None and sent.shown.name == name
        form = sent.shown if sent and refused else shown_form(request, name, PAGE.form(found, name))
        return replace(form, removal=shown(removal)) if removal else form

    named = {official.role for official in found.officials.all()}
    return {
        **page.context("decisions"),
        "decision": found,
        "facts": shown("facts"),
        "instructions": instructions_of(found),
        "next_section": None if found.section else writing.next_section(found.body, found.meeting_date),
        "parts": _parts(found, sent, shown, margins_of(page.figures, found.pk, secret=secret_texts(found))),
        "live": live_of(found, page.figures).all,
        "officials": [
            (label, shown(f"official-{role}", f"official_removal-{role}" if role in named else ""))
            for role, label in OfficialRole.choices
        ],
        "annexes": [
            (row, shown(f"annex_change-{row.pk}", f"annex_removal-{row.pk}"), shown(_removal_of_file(row)))
            for row in found.attachments.all()
        ],
        "new_annex": shown("annex"),
        "handling": shown_groups(found, shown) if is_handled(found) else [],
        "grounds": (GROUNDS_ID, GROUNDS),
        "is_refused": sent is not None,
    }


def _removal_of_file(annex: Attachment) -> str:
    return f"annex_file_removal-{annex.pk}"


def _parts(
    found: Decision, sent: Sent | None, shown: Callable[[str], ShownForm], margins: Margins
) -> list[WrittenPart]:
    parts = [_written(shown(f"part-{kind}"), kind, margins) for kind in _kinds(found)]
    return [replace(part, sent=sent) if sent and part.shown is sent.shown else part for part in parts]


def _written(shown: ShownForm, kind: str, margins: Margins) -> WrittenPart:
    form: Any = shown.form
    is_unused = not form.is_bound and not form.text_field.value()
    return WrittenPart(
        shown,
        _margin(margins, kind, form),
        can_draft=kind in DRAFTED,
        is_folded=is_unused and kind in OPTIONAL_PARTS,
    )


def _kinds(found: Decision) -> list[str]:
    """What a paper had besides is shown if there is any."""
    has_source = any(part.kind == DecisionPartKind.SOURCE for part in found.parts.all())
    kinds: list[str] = [kind for kind in DecisionPartKind if kind != DecisionPartKind.SOURCE or has_source]
    kinds.insert(kinds.index(DecisionPartKind.DECISION) + 1, CONDITIONS)
    return kinds
