"""What one kind of check has looked at, and what it found."""

from dataclasses import dataclass, field
from typing import Any

# A fault of a whole table would otherwise print a line for each row.
MOST_NAMED = 20


@dataclass
class Report:
    kind: Any
    looked_at: int = 0
    number: int = 0
    named: list[str] = field(default_factory=list)

    def found(self, words: str) -> None:
        self.number += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(words)
