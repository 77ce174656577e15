"""What can be saved on a page on which a decision is written or made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import reverse

from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import show_or_save
from projects.choices import CONDITIONS
from projects.forms.writing import ConditionsForm, TextForm
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


@dataclass(frozen=True)
class StepsOfPage:
    """The steps of a page by their kinds; `address` is the name of the page's address."""

    address: str
    by_kind: Mapping[str, Step]

    def step(self, name: str) -> tuple[Step, str]:
        """And the key in the name. Raises BadRequest for a name of no step."""
        kind, _dash, key = name.partition("-")
        if kind not in self.by_kind or (not key and kind.endswith(("_change", "_removal"))):
            raise BadRequest
        return self.by_kind[kind], key

    def form(self, found: Decision, name: str, data: Any = None, files: Any = None) -> RowForm:
        step, key = self.step(name)
        row = step.row(found, key)
        form = ConditionsForm if name == f"part-{CONDITIONS}" else step.form
        initial = step.initial(found) if row.pk is None else {}
        return form(data, files, instance=row, initial=initial, name=name)

    def save(
        self,
        request: HttpRequest,
        again: TypedForm | None,
        found: Decision,
        name: str,
        stored: Callable[[], Decision],
    ) -> str | RowForm:
        """The address of what was saved, or the form that says why nothing was. `stored` reads it anew."""
        step, key = self.step(name)
        address = f"{reverse(self.address, args=[found.pk])}#{name}"
        try:
            step.row(found, key)
        except Http404:
            # A second click: the first one has removed it.
            if name.partition("-")[0].endswith("_removal"):
                return address
            raise

        def act(values: dict[str, Any]) -> str:
            if isinstance(step.form, type) and issubclass(step.form, TextForm):
                (text,) = values.values()
                values = {"text": text}
            step.act(decision=found, user=request.user, **step.named(key), **values)
            return address

        def make(data: Any) -> RowForm:
            return self.form(stored(), name, data, None if data is None else request.FILES)

        return show_or_save(request, again, name, found, make, act)
