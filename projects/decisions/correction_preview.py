"""What a correction would do, shown before it is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from mikrogrow.values.corrected_text import (
    Piece,
    changed_words,
    corrected_text,
    found_words,
    pieces_of,
)
from mikrogrow.values.dates import format_date
from mikrogrow.values.secret_text import public_text
from projects.decisions.correctable import Place, key_of_place, places_of
from projects.decisions.correcting import shown_correction
from projects.decisions.document import ShownCorrection
from projects.decisions.drawn_corrections import drawn_line
from projects.decisions.margin import Margin, margins_of
from projects.models import Decision, DecisionCorrection
from projects.models.corrections import KEY

# A correction is taken up within five years: section 52.
LONGEST_WAIT_YEARS = 5
DECIDING_WORDS = ("ei", "eivät", "hyväk", "hylä", "hylk", "myönt", "evä", "palau", "muut")


@dataclass(frozen=True)
class CorrectionPreview:
    """The passage with the change, what is to be considered, and what the check of figures says.

    `before` and `after` are None of what the check of figures does not read.
    """

    correction: ShownCorrection
    blocks: tuple[SafeString, ...]
    advice: tuple[str, ...]
    before: Margin | None = None
    after: Margin | None = None

    @property
    def changes_figures(self) -> bool:
        return bool(self.before and self.after) and _said(self.before) != _said(self.after)

    @property
    def shown(self) -> str:
        """What the person has seen when the correction is confirmed."""
        return repr((self.correction, self.blocks))


def correction_preview(
    row: DecisionCorrection, decision: Decision, figures: ProjectFigures
) -> CorrectionPreview:
    """Of an unsaved correction of a decision that was read corrected."""
    # As the check of figures reads it; what is secret is not corrected.
    place = places_of(decision)[key_of_place(row.part, row.row_key)]
    words = [(row.old_words, row.new_words)]
    text = public_text(place.text)
    before = after = None
    blocks: tuple[SafeString, ...] = (drawn_line(_line(place, row)),)
    if place.has_figures:
        pieces = pieces_of(text, words)
        before = margins_of(figures, decision.pk).by_kind.get(row.part)
        corrected = _with_text(figures, decision.pk, row)
        after = margins_of(corrected, decision.pk, {row.part: pieces}).by_kind.get(row.part)
        found = after.blocks if after else ()
        blocks = tuple(block for block in found if "<ins>" in block or "<del>" in block) or found
    return CorrectionPreview(shown_correction(row), blocks, tuple(_advice(row, place)), before, after)


def _line(place: Place, row: DecisionCorrection) -> tuple[Piece, ...]:
    """The line of a text with the words; of a value, the value."""
    if place.is_whole:
        return (Piece(row.old_words, row.new_words),)
    lines = (line for line in public_text(place.text).splitlines() if found_words(line, row.old_words))
    return pieces_of(next(lines, ""), [(row.old_words, row.new_words)])


def _with_text(figures: ProjectFigures, decision: int, row: DecisionCorrection) -> ProjectFigures:
    return replace(
        figures,
        decisions=tuple(
            _corrected(found, row) if found.decision_id == decision else found for found in figures.decisions
        ),
    )


def _corrected(found: DecisionFigures, row: DecisionCorrection) -> DecisionFigures:
    words = [(row.old_words, row.new_words)]
    texts = tuple(
        replace(text, text=corrected_text(text.text, words)) if text.kind == row.part else text
        for text in found.texts
    )
    return replace(found, texts=texts)


def _said(margin: Margin | None) -> list[tuple[str, str]]:
    return [(line.raw, line.words) for line in margin.lines] if margin else []


def _advice(row: DecisionCorrection, place: Place) -> Iterator[str]:
    was, now = changed_words(row.old_words, row.new_words)
    if row.part in KEY:
        yield _(
            "Toimielin, kokouspäivä ja pykälä ovat päätöksen tunniste muissa asiakirjoissa. Ilmoita "
            "korjauksesta kaikille, jotka ovat saaneet pöytäkirjanotteen, ja tarkista, mitä julkaistiin."
        )
    if not place.is_whole and _digits(was) != _digits(now):
        yield _(
            "Luku muuttuu. Laskuvirhe on ilmeinen vain, jos oikea luku käy ilmi päätöksestä tai sen "
            "liitteistä. Jos muutetaan sitä, mitä päätettiin, tehdään muutospäätös."
        )
    if any(word.casefold().startswith(DECIDING_WORDS) for word in (*was, *now)):
        yield _("Korjaus voi muuttaa sitä, mitä päätettiin. Silloin se ei ole kirjoitusvirhe.")
    meeting = row.decision.meeting_date
    if meeting and row.day > _years_after(meeting, LONGEST_WAIT_YEARS):
        yield _(
            "Kokouksesta %s on yli viisi vuotta. Korjaamista on pitänyt vaatia tai se on pitänyt ottaa "
            "käsiteltäväksi viiden vuoden kuluessa päätöksestä (hallintolaki 52 §)."
        ) % format_date(meeting)


def _digits(words: Sequence[str]) -> str:
    return "".join(sign for word in words for sign in word if sign.isdigit())


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February.
        return day.replace(year=day.year + years, day=28)
