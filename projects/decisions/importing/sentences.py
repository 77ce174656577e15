"""The sentences of a paper, each with its figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from projects.decisions.consistency.said import sentence_spans
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind, Reading
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.importing.layout import is_row


@dataclass(frozen=True)
class Sentence:
    """`part` is the label that it stands under."""

    part: str
    text: str

    @cached_property
    def figures(self) -> list[Reading]:
        return read_figures(self.text)

    def of(self, *kinds: Kind) -> list[Reading]:
        return [reading for reading in self.figures if reading.kind in kinds]

    def says(self, pattern: "re.Pattern[str]") -> bool:
        return pattern.search(self.text) is not None


def sentences_of(paper: ReadDecision) -> Iterator[Sentence]:
    """Without rows of tables."""
    for part in paper.parts:
        for line in part.text.split("\n"):
            if not is_row(line):
                for start, end in sentence_spans(line, 0, len(line)):
                    if text := line[start:end].strip():
                        yield Sentence(part.name, text)
