"""Every way to change one field in a form of the admin, and the pages that must be there after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.test import Client
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from mikrogrow.fields import DateFormField, EuroFormField, PercentFormField, WholeNumberField
from mikrogrow.named_rows import NamedRowField, NamedRowsField
from projects.models import Project
from tests.support.addresses import HTML_PAGES, address_of
from tests.support.pages import posted_by

LISTS = ("portfolio", "findings", "waiting")
# The rows of a table in a form, and of a choice of rows, are alike after the first ones.
MOST_CHILDREN = 2
MOST_CHOSEN = 4
DAYS = ("", "1999-01-01", "9999-12-31")
NUMBERS = ("", "0", "2018")
AMOUNTS = ("", "0", "9999999,99")
TEXTS = ("", "Muutettu")


@dataclass(frozen=True)
class Edit:
    """A post that changes one field of a stored row to another value that its form takes."""

    row: Model
    field: str
    value: list[str]
    data: dict[str, list[str]]

    @property
    def address(self) -> str:
        return change_address(self.row)

    def __str__(self) -> str:
        return f"{self.row._meta.label} {self.row.pk}: {self.field} = {self.value}"


def change_address(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def editable_rows(model: type[Model]) -> list[Model]:
    rows = model._default_manager.order_by("pk")
    # People have no figures; one stands for all.
    return list(rows[:1] if model is get_user_model() else rows)


def models_with_forms() -> list[type[Model]]:
    return list(admin.site._registry)


def edits_of(client: Client, row: Model) -> Iterator[Edit]:
    response = client.get(change_address(row))
    data = posted_by(response)
    children = [
        form
        for inline in response.context["inline_admin_formsets"]
        for form in inline.formset.forms[:MOST_CHILDREN]
    ]
    for form in (response.context["adminform"].form, *children):
        for bound in form.visible_fields():
            shown = data.get(bound.html_name, [])
            for value in _values(bound):
                if value != shown:
                    yield Edit(row, bound.html_name, value, {**data, bound.html_name: value})


def _values(bound: forms.BoundField) -> Iterator[list[str]]:
    field = bound.field
    if isinstance(field, forms.BooleanField):
        yield [] if bound.value() else ["on"]
    elif isinstance(field, NamedRowField | NamedRowsField):
        yield from ([""], *([str(row)] for row in field.queryset.order_by("pk")[:MOST_CHOSEN]))
    elif isinstance(field, forms.ModelMultipleChoiceField):
        yield from ([], [str(row.pk) for row in field.queryset.order_by("pk")[:MOST_CHOSEN]])
    elif isinstance(field, forms.ModelChoiceField):
        yield from ([""], *([str(row.pk)] for row in field.queryset.order_by("pk")[:MOST_CHOSEN]))
    elif isinstance(field, forms.ChoiceField):
        yield from ([str(value)] for value, _words in field.choices)
    elif not isinstance(field, forms.FileField):
        yield from ([text] for text in _typed(field))


def _typed(field: forms.Field) -> Sequence[str]:
    if isinstance(field, DateFormField):
        return DAYS
    if isinstance(field, WholeNumberField):
        return NUMBERS
    return AMOUNTS if isinstance(field, EuroFormField | PercentFormField) else TEXTS


def pages_of(project: Project) -> list[str]:
    """Those of a decision or an invoice only if the project has one."""
    decisions, invoices = project.decisions.exists(), _checked_invoices(project).exists()
    missing = {name for name, is_there in (("decision", decisions), ("invoice", invoices)) if not is_there}
    return [address_of(page, project) for page in HTML_PAGES if page not in missing]


def _checked_invoices(project: Project) -> QuerySet[Invoice]:
    return Invoice.objects.filter(payer__project=project, status=InvoiceStatus.CHECKED)


def broken_pages(client: Client, addresses: Sequence[str]) -> list[str]:
    """What a page that fails says of it, by its address."""
    return [f"{address}: {fault}" for address in addresses if (fault := _fault(client, address))]


def _fault(client: Client, address: str) -> str:
    try:
        status = client.get(address).status_code
    except Exception as error:
        return repr(error)
    return "" if status == 200 else str(status)
