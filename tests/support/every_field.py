"""Every way to change one field in a form of the admin, and the pages that must be there after it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, F, Model, QuerySet
from django.db.models.functions import Coalesce
from django.test import Client
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice, ProjectSummary
from financing.queries.summaries import update_summaries
from mikrogrow.belonging import owner_keys
from mikrogrow.database.writing import project_paths
from mikrogrow.fields import DateFormField, EuroFormField, PercentFormField, WholeNumberField
from mikrogrow.named_rows import NamedRowField, NamedRowsField
from mikrogrow.roles import OUR_APPS
from projects.models import Project
from tests.support.addresses import HTML_PAGES, OF_GROUPS, address_of, of_groups
from tests.support.pages import forms_on, posted_by

LISTS = ("portfolio", "findings", "waiting")
# The rows of a table in a form, and of a choice of rows, are alike after the first ones.
MOST_CHILDREN = 2
MOST_CHOSEN = 4
DAYS = ("", "1999-01-01", "9999-12-31")
NUMBERS = ("", "0", "2018")
AMOUNTS = ("", "0", "9999999,99")
TEXTS = ("", "Muutettu")
# Taken as a date and as a text.
A_DAY = "2018-06-01"


@dataclass(frozen=True)
class Edit:
    """A post: what a form shows, but for these changes."""

    address: str
    changes: dict[str, list[str]]
    shown: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @property
    def data(self) -> dict[str, list[str]]:
        return self.shown | self.changes

    def with_changes_of(self, other: "Edit") -> "Edit":
        return replace(self, changes=self.changes | other.changes)

    def __str__(self) -> str:
        return f"{self.address}: {self.changes}"


def admin_address(row: Model, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


# The demonstration's groups have thousands of rows that are alike.
MOST_EDITED, MOST_LOOKED_AT = 3, 20


def editable_rows(model: type[Model]) -> list[Model]:
    # People have no figures; one stands for all.
    return (
        list(model._default_manager.order_by("pk")[:1])
        if model is get_user_model()
        else some(model, MOST_EDITED)
    )


def some(model: type[Model], most: int) -> list[Model]:
    """All rows of a model; of one of groups so many, from the first to the last."""
    rows = model._default_manager.order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    if model._meta.app_label == "groups" and len(keys) > most:
        keys = [keys[place * (len(keys) - 1) // (most - 1)] for place in range(most)]
    return list(rows.filter(pk__in=keys))


def models_with_forms() -> list[type[Model]]:
    return list(admin.site._registry)


def edits_of(client: Client, row: Model) -> Iterator[Edit]:
    """Every post that changes one field of the row's form to another value that its form takes."""
    address = admin_address(row)
    response = client.get(address)
    data = posted_by(response)
    children = [
        form
        for inline in response.context["inline_admin_formsets"]
        for form in inline.formset.forms[:MOST_CHILDREN]
        # Those of a frozen row are shown as words.
        if any(bound.html_name in data for bound in form.visible_fields())
    ]
    for form in (response.context["adminform"].form, *children):
        for bound in form.visible_fields():
            shown = data.get(bound.html_name, [])
            for value in _values(bound):
                if value != shown:
                    yield Edit(address, {bound.html_name: value}, data)


def acts_on(client: Client, row: Model) -> Iterator[Edit]:
    """The posts that delete the row or change its state, with what they ask filled in."""
    yield Edit(admin_address(row, "delete"), {"post": ["yes"]})
    for change in getattr(admin.site._registry[type(row)], "state_changes", ()):
        address = admin_address(row, change.name)
        page = client.get(address)
        if page.status_code == 200:
            fields = page.context["form"].fields
            yield Edit(address, {name: [_filled(asked)] for name, asked in fields.items()}, posted_by(page))
    if isinstance(row, Invoice):
        address = reverse("invoice", args=[row.pk])
        for shown in forms_on(client.get(address)):
            if "step" in shown:
                asked = {name: [A_DAY] for name, value in shown.items() if value == [""]}
                yield Edit(address, asked, shown)


def _filled(field: forms.Field) -> str:
    return str(field.choices[-1][0]) if isinstance(field, forms.ChoiceField) else A_DAY


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
    """Those of a decision, an invoice, a group only if the project has one."""
    are_there = {
        "decision": project.decisions.exists(),
        "invoice": _checked_invoices(project).exists(),
        **{page: of_groups(page, project).exists() for page in OF_GROUPS},
    }
    missing = {name for name, is_there in are_there.items() if not is_there}
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


def faults() -> list[str]:
    """What lists say of projects whose figures cannot be computed."""
    update_summaries()
    return [f"{kept.project}: {kept.fault}" for kept in ProjectSummary.objects.exclude(fault="")]


def rows_without_sense() -> list[str]:
    """Stored rows that refer to another project's, or that their own rules would refuse as they are."""
    found = []
    for model in (model for app in OUR_APPS for model in apps.get_app_config(app).get_models()):
        if hasattr(model, "history"):
            found += [f"{row!r} {row.pk}: another project's {name}" for row, name in _strays(model)]
            found += [
                f"{row!r} {row.pk}: {words}"
                for row in some(model, MOST_LOOKED_AT)
                if (words := _refusal(row))
            ]
    return found


def _strays(model: type[Model]) -> Iterator[tuple[Model, str]]:
    if not (paths := project_paths(model)):
        return
    for key in set(model._meta.concrete_fields) - set(owner_keys(model)):
        if key.is_relation and (others := project_paths(key.related_model)):
            theirs = _project(f"{key.name}__{path}" for path in others)
            rows = model.objects.annotate(ours=_project(paths), theirs=theirs)
            yield from ((row, key.name) for row in rows.exclude(ours=F("theirs")).exclude(theirs=None))


def _project(paths: Iterable[str]) -> Coalesce:
    # Which takes no single path.
    return Coalesce(*paths, None, output_field=BigIntegerField())


def _refusal(row: Model) -> str:
    try:
        row.clean()
    except ValidationError as error:
        return str(error)
    return ""
