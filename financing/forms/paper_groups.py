"""The folded groups of the page of a decision's paper: what was read stands in words in the head of each."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.forms.paper_refusals import TITLES
from financing.forms.papers import MOST_ROWS, ROWS, WHOLE, PaperForms
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import format_euros, sum_if_all_known
from mikrogrow.values.typed_text import is_key

Values = Mapping[str, Any]
LIST_TAIL = 3


@dataclass(frozen=True)
class Group:
    """`found` is empty if nothing was read, and `notes` say why something of a list is left empty."""

    name: str
    title: str
    found: str
    is_open: bool
    notes: Sequence[str] = ()


def groups_of(
    page: PaperForms, opened: Collection[str] = (), notes: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Group]:
    """Those with an error are open, and `opened`; the first one always is."""
    wrong = {refusal.name for refusal in page.refusals}
    return {
        name: Group(
            name,
            str(title),
            _found(page, name),
            name in {"project", *wrong, *opened},
            (notes or {}).get(name, ()),
        )
        for name, title in TITLES.items()
    }


def open_at_first_error(page: PaperForms) -> bool:
    """Whether there is a field to open the page at; the browser goes to it."""
    anchor = next((each.anchor for each in page.refusals), "")
    field = next((f for form in page.each for f in form if f.errors and f.id_for_label == anchor), None)
    if field is not None:
        field.field.widget.attrs["autofocus"] = True
    return field is not None


def with_new_row(typed: QueryDict, name: str) -> QueryDict:
    """What was typed, with one more row of the list."""
    query = typed.copy()
    total = query.get(f"{name}-TOTAL_FORMS", "")
    if not is_key(total) or int(total) >= MOST_ROWS:
        return query
    for field, form_field in ROWS[name].base_fields.items():
        if form_field.initial is not None:
            query[f"{name}-{total}-{field}"] = str(form_field.initial)
    query[f"{name}-TOTAL_FORMS"] = str(int(total) + 1)
    return query


def open_at_new_row(page: PaperForms, name: str) -> None:
    """Nothing was to be saved yet, so the page says nothing of what is missing."""
    for form in page.each:
        form.errors.clear()
    rows = list(page.rows[name])
    if rows:
        field = next(iter(rows[-1].fields.values()))
        field.widget.attrs["autofocus"] = True


def _found(page: PaperForms, name: str) -> str:
    one: dict[str, tuple[forms.BaseForm | None, Callable[[Values], Iterator[str]]]] = {
        "project": (page.project, _of_project),
        "part": (page.part, _of_part),
        "decision": (page.decision, _of_decision),
    }
    if name in one:
        form, words = one[name]
        return ", ".join(filter(None, words(_values(form)))) if form is not None else ""
    rows = [values for form in page.rows.get(name, ()) if (values := _row(form))]
    return _of_rows(name, rows) if rows else ""


def _row(form: Any) -> Values:
    """Empty if the row is left out."""
    values = _values(form)
    key = getattr(form, "key", None)
    return values if key is None or values.get(key) not in {None, ""} else {}


def _values(form: Any) -> Values:
    """Without what could not be read."""
    return form.cleaned_data if form.is_bound else form.initial


def _of_project(values: Values) -> Iterator[str]:
    yield values.get("short_name") or values.get("name") or ""
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end:
        yield format_period(start, end)
    yield _cost(values.get("total_cost"), is_approximate=bool(values.get("total_cost_is_approximate")))


def _of_part(values: Values) -> Iterator[str]:
    yield _cost(values.get("cost"), is_approximate=bool(values.get("cost_is_approximate")))


def _of_decision(values: Values) -> Iterator[str]:
    yield values.get("body") or ""
    day, section, cap = (values.get(name) for name in ("meeting_date", "section", "cap"))
    yield format_date(day) if day else ""
    yield f"§\u00a0{section}" if section else ""
    yield _("valtuutus enintään %s") % format_euros(cap) if cap is not None else ""


def _cost(amount: Decimal | None, *, is_approximate: bool) -> str:
    if amount is None:
        return ""
    return _("noin %s") % format_euros(amount) if is_approximate else format_euros(amount)


def _of_rows(name: str, rows: Sequence[Values]) -> str:
    if name == "lines":
        scopes = [
            (_("kaupungin osassa"), [row for row in rows if row.get("scope") != WHOLE]),
            (_("koko hankkeessa"), [row for row in rows if row.get("scope") == WHOLE]),
        ]
        return "; ".join(f"{words} {_sum(of_scope)}" for words, of_scope in scopes if of_scope)
    if name in {"years", "categories", "source_years", "shared"}:
        return _sum(rows)
    if name == "texts":
        return ngettext("%s osa", "%s osaa", len(rows)) % len(rows)
    label = "title" if name in {"officials", "attachments"} else "name"
    names = [str(row[label]) for row in rows[:LIST_TAIL]]
    more = len(rows) - len(names)
    shown = ", ".join(names) + (ngettext(" ja %s muu", " ja %s muuta", more) % more if more else "")
    return f"{_number(rows)}: {shown}"


def _number(rows: Sequence[Values]) -> str:
    return ngettext("%s rivi", "%s riviä", len(rows)) % len(rows)


def _sum(rows: Sequence[Values]) -> str:
    """Unknown amounts have no sum."""
    amounts = [row.get("amount") for row in rows]
    total = sum_if_all_known(amounts)
    if total is not None:
        return _("%(rows)s, yhteensä %(total)s") % {"rows": _number(rows), "total": format_euros(total)}
    without = sum(amount is None for amount in amounts)
    if without == len(rows):
        return _("%s, summat eivät tiedossa") % _number(rows)
    return _("%(rows)s, joista %(number)s ilman summaa") % {"rows": _number(rows), "number": without}
