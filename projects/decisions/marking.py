"""Marking a figure of a draft's text as none of the project's, and taking the mark away."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.decisions.check.marks import Place
from projects.decisions.margin import margins_of
from projects.models import Decision, FigureMark


@writes("decision")
def mark_figure(
    *, decision: Decision, part: str, place: Place, reason: str, user: Any, at: datetime
) -> FigureMark:
    """Raises PermissionDenied, or ValidationError if the figure agrees by now or is gone from the text."""
    if not user.has_perm("projects.add_figuremark"):
        raise PermissionDenied
    stored = Decision.objects.select_related("project").get(pk=decision.pk)
    if stored.is_frozen:
        raise ValidationError(
            _("Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös.")
        )
    margin = margins_of(figures_of(stored.project), stored.pk).by_kind.get(part)
    lines = margin.lines if margin else ()
    marked = next((line for line in lines if line.mark and line.mark.place == place), None)
    if marked is not None and marked.mark is not None:
        shown = {"by": marked.mark.by, "day": marked.day}
        raise ValidationError(_("Luku on jo merkitty (%(by)s %(day)s).") % shown)
    if place not in [line.place for line in lines if line.place]:
        raise ValidationError(
            _("Lukua %s ei enää ole tekstissä, tai se täsmää: teksti tai tiedot ovat muuttuneet.")
            % place.figure
        )
    mark = FigureMark(
        decision=stored,
        part=part,
        figure=place.figure,
        before=place.before,
        after=place.after,
        reason=reason.strip(),
        marked_by=user,
        marked_at=at,
    )
    mark.full_clean()
    with_author(mark, user, _("Merkitty.")).save()
    return mark


@writes("decision")
def unmark_figure(*, decision: Decision, key: int, user: Any) -> None:
    """Raises PermissionDenied, or ValidationError if the decision is made. A mark may be gone already."""
    if not user.has_perm("projects.delete_figuremark"):
        raise PermissionDenied
    if Decision.objects.get(pk=decision.pk).is_frozen:
        raise ValidationError(
            _("Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös.")
        )
    for mark in FigureMark.objects.filter(decision=decision, pk=key):
        with_author(mark, user, _("Merkintä poistettu.")).delete()
