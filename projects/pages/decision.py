"""One decision as a page, with the margin of its figures."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.values.plain_text import Block, blocks
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.shown_day import shown_day
from projects.choices import CONDITIONS, TITLE, DecisionPartKind, DecisionStage
from projects.decisions.annex_files import may_see_secret
from projects.decisions.appeal_report import appeal_report
from projects.decisions.correctable import label_at
from projects.decisions.corrected import Pieces, corrected_pieces, corrections_of, read_corrected
from projects.decisions.document import DecisionDocument, decision_document
from projects.decisions.drawn_corrections import drawn_line
from projects.decisions.filled import has_internal_version, secret_texts
from projects.decisions.margin import Margin, MarginLine, Margins, margins_of
from projects.decisions.marking import mark_figure, unmark_figure
from projects.decisions.moved_plans import plans_moved_of
from projects.decisions.neighbours import neighbours_of
from projects.decisions.stages import NEXT
from projects.forms.marks import FigureMarkForm
from projects.models import Decision
from projects.pages.project_page import ProjectPage, page_of


@dataclass(frozen=True)
class ShownLine:
    """`form` is None for those who may not mark; `refusals` say why what they sent was not saved."""

    line: MarginLine
    form: FigureMarkForm | None = None
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownMargin:
    """`may_mark` for those who may also take a mark away. `field` is the id of the written text."""

    margin: Margin
    lines: tuple[ShownLine, ...]
    may_mark: bool
    field: str = ""


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    page = page_of(found.project, shown_day(request))
    may_mark = (
        request.user.has_perm("projects.add_figuremark") and not found.is_frozen and page.day.past is None
    )
    if request.method == "POST" and not may_mark:
        raise PermissionDenied
    again = shown_again(request) if may_mark else None
    sent = None
    if again is not None:
        sent = FigureMarkForm(again.fields)
        sent.add_error(None, again.sentence)
    elif request.method == "POST":
        sent = FigureMarkForm(request.POST)
        if _save(request, found, sent):
            return redirect(f"{found.get_absolute_url()}#{sent.part_and_place[0]}")
    return _shown(request, found, page, sent, may_mark)


def _save(request: HttpRequest, found: Decision, sent: FigureMarkForm) -> bool:
    """False if it was refused; then the form says why."""
    removed = str(sent.data.get("remove", ""))
    part, place = sent.part_and_place
    if not removed and not sent.is_valid():
        return False
    try:
        if removed:
            unmark_figure(decision=found, key=int(removed) if is_key(removed) else 0, user=request.user)
            messages.success(request, _("Merkintä on poistettu."))
        else:
            reason = sent.cleaned_data["reason"]
            at = timezone.now()
            mark_figure(decision=found, part=part, place=place, reason=reason, user=request.user, at=at)
            messages.success(request, _("Luku %s on merkitty: se ei ole hankkeen luku.") % place.figure)
    except ValidationError as error:
        sent.is_valid()
        sent.add_error(None, error.messages)
        return False
    return True


def _shown(
    request: HttpRequest, found: Decision, page: ProjectPage, sent: FigureMarkForm | None, may_mark: bool
) -> HttpResponse:
    corrections = corrections_of(found)
    pieces = corrected_pieces(found, corrections)
    read_corrected(found, corrections)
    is_internal = may_see_secret(request.user) and has_internal_version(found)
    margins = _margins(found, page, pieces, is_internal)
    shown = _shown_margins(found, margins, sent, may_mark)
    document = decision_document(found, page.figures, is_internal=is_internal)
    return render(
        request,
        "projects/decision.html",
        {
            **page.context("decisions"),
            "decision": found,
            "document": document,
            "last_correction": corrections[-1] if corrections else None,
            "corrections": [(row, label_at(found, row.part, row.row_key)) for row in corrections],
            "corrected_title": drawn_line(pieces[TITLE]) if TITLE in pieces else "",
            "parts": [(part, shown.get(part.kind)) for part in document.parts],
            "following": [(part, shown.get(part.kind)) for part in document.following],
            "stages": DecisionStage,
            "next_stage": NEXT.get(DecisionStage(found.stage)),
            "conditions_margin": shown.get(CONDITIONS),
            "proposal_margin": shown.get(DecisionPartKind.PROPOSAL),
            "decision_margin": shown.get(DecisionPartKind.DECISION),
            "has_margins": any(margin.lines for margin in shown.values()),
            "has_live": _has_live(found, document, margins),
            "wrong": margins.wrong,
            "moved": plans_moved_of(found, page.figures, page.day.past),
            "report": appeal_report(found, page.day.on) if found.is_frozen else None,
            "leftover": _leftover(request, found),
            "neighbours": neighbours_of(found, request.user),
            "may_see_secret": may_see_secret(request.user),
            "is_refused": sent is not None,
            "lost": sent if sent is not None and not _is_shown(sent, margins) else None,
        },
    )


def _has_live(found: Decision, document: DecisionDocument, margins: Margins) -> bool:
    """Of a made decision nothing moves any more."""
    has_any = any(part.financing for part in document.parts) or margins.has_live
    return has_any and not found.is_frozen


def _margins(found: Decision, page: ProjectPage, pieces: Pieces, is_internal: bool) -> Margins:
    secret = secret_texts(found)
    # The places of what was corrected are those in the text as it is typed.
    drawn = {kind: each for kind, each in pieces.items() if kind not in secret}
    return margins_of(page.figures, found.pk, drawn, secret=secret if is_internal else {})


def _shown_margins(
    found: Decision, margins: Margins, sent: FigureMarkForm | None, may_mark: bool
) -> dict[str, ShownMargin]:
    # A mark keeps the words around its figure, and everybody reads them.
    markable = {kind: may_mark and kind not in secret_texts(found) for kind in margins.by_kind}
    return {
        kind: ShownMargin(
            margin, tuple(_line(kind, line, sent, markable[kind]) for line in margin.lines), markable[kind]
        )
        for kind, margin in margins.by_kind.items()
    }


def _leftover(request: HttpRequest, found: Decision) -> tuple[Block, ...]:
    """What was not understood of the paper that was read, for those who can put it in its place."""
    if not request.user.has_perm("projects.change_decision"):
        return ()
    texts = (part.text for part in found.parts.all() if part.kind == DecisionPartKind.SOURCE)
    return blocks(next(texts, ""))


def _line(kind: str, line: MarginLine, sent: FigureMarkForm | None, may_mark: bool) -> ShownLine:
    if not may_mark or line.place is None:
        return ShownLine(line)
    if sent is None or sent.part_and_place != (kind, line.place):
        return ShownLine(line, FigureMarkForm.of(kind, line.place, line.number))
    form = FigureMarkForm.of(kind, line.place, line.number, sent.typed)
    # The page opens where the reason is mended, not at its top.
    form.fields["reason"].widget.attrs |= {"autofocus": True, "aria-invalid": "true"}
    return ShownLine(line, form, tuple(sent.refusals))


def _is_shown(sent: FigureMarkForm, margins: Margins) -> bool:
    part, place = sent.part_and_place
    margin = margins.by_kind.get(part)
    return margin is not None and place in [line.place for line in margin.lines]
