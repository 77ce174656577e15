"""Corrections of made decisions beside what they correct: the old words are what stood there by then."""

from django.utils.translation import gettext as _

from mikrogrow.database.rows import in_batches
from mikrogrow.management.verification.report import Report
from mikrogrow.values.corrected_text import found_words
from mikrogrow.values.secret_text import public_text
from projects.decisions.correctable import Place, key_of_place, places_of
from projects.decisions.corrected import read_corrected
from projects.models import Decision, DecisionCorrection
from projects.models.corrections import KEY

DECISIONS_AT_ONCE = 100


def check_corrections(report: Report) -> None:
    corrected = DecisionCorrection.objects.order_by().values("decision")
    decisions = Decision.objects.with_contents().filter(pk__in=corrected).prefetch_related("corrections")
    for rows in in_batches(decisions, DECISIONS_AT_ONCE):
        for decision in rows:
            for correction in sorted(decision.corrections.all(), key=lambda row: row.number):
                report.looked_at += 1
                if fault := _fault(decision, correction):
                    report.found(
                        _("%(project)s, päätös %(key)s, korjaus %(number)s: %(fault)s")
                        % {
                            "project": decision.project.short_name,
                            "key": decision.pk,
                            "number": correction.number,
                            "fault": fault,
                        }
                    )


def _fault(decision: Decision, correction: DecisionCorrection) -> str:
    """Of a decision that the earlier corrections were read into; this one is, too. Empty if there is none."""
    place = places_of(decision).get(key_of_place(correction.part, correction.row_key))
    if not _agrees(decision, correction, place):
        return _("ei vastaa päätöstä")
    if place and not place.is_whole and not found_words(public_text(place.text), correction.old_words):
        return _("näyttää kaikille sanoja, jotka ovat vain salassa pidettävässä kohdassa")
    return ""


def _agrees(decision: Decision, correction: DecisionCorrection, place: Place | None) -> bool:
    if place is None:
        return False
    old = correction.old_words
    stood = place.text == old if place.is_whole else len(found_words(place.text, old)) == 1
    read_corrected(decision, [correction])
    if correction.part not in KEY:
        return stood
    kept = (correction.new_section, correction.new_meeting_date)
    return stood and kept == (decision.section, decision.meeting_date)
