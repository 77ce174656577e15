"""What can be saved on the page on which a decision is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from mikrogrow.web.row_forms import RowForm
from projects.models import Decision


@dataclass(frozen=True)
class Step:
    """What is saved: `row` is what the form is of, by the decision and the key in the step's name."""

    form: type[RowForm]
    row: Callable[[Decision, str], Model]
    act: Callable[..., None]
    named: Callable[[str], dict[str, Any]]
    done: Any
    initial: Callable[[Decision], dict[str, Any]] = lambda decision: {}
