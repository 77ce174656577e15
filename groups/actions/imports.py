"""Writes a list of companies into a group: all of it or nothing, each row with its history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.actions.companies import AT_MEMBERSHIP, AT_YEAR
from groups.actions.rows import expect_to_run
from groups.importing.columns import Column, CompanySheet
from groups.importing.plans import Outcome, RowPlan
from groups.models import Company, CompanyGroup, CompanyYear, ContactPerson, Membership
from groups.queries.imports import import_plans
from mikrogrow.database.placed import check_placed
from mikrogrow.database.typed_rows import add_row, change_row
from mikrogrow.database.writing import lock, writes
from mikrogrow.values.translation import joined
from mikrogrow.values.typed_text import name_key


class ChangedMeanwhileError(ValidationError):
    """The list would no longer do what the preview showed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tiedot tai valinnat ovat muuttuneet esikatselun jälkeen. "
                "Mitään ei tallennettu; alla on uusi esikatselu."
            )
        )


@dataclass(frozen=True)
class _Writer:
    """Who writes what, and why."""

    group: CompanyGroup
    user: Any
    reason: str


def digest(plans: Sequence[RowPlan]) -> str:
    return sha256(repr(plans).encode()).hexdigest()


@writes("group")
def import_companies(
    *,
    group: CompanyGroup,
    user: Any,
    sheet: CompanySheet,
    choices: Mapping[int, str],
    left_out: Collection[int],
    seen: str,
) -> list[RowPlan]:
    """Does what the plans with the digest `seen` say, without the rows `left_out`; returns those that it did.

    Raises PermissionDenied, ChangedMeanwhileError if the rows would do something else by now, or
    ValidationError if one of them cannot be taken in.
    """
    expect_to_run(user, group)
    # Projects share companies, so the lock of the project does not hold them.
    first = import_plans(group, user, sheet, choices)
    lock(
        Company.objects.filter(pk__in=[plan.match.company.company_id for plan in first if plan.match.company])
    )
    plans = import_plans(group, user, sheet, choices)
    if digest(plans) != seen:
        raise ChangedMeanwhileError
    chosen = [plan for plan in plans if plan.row.number not in left_out]
    if refused := [plan.row.number for plan in chosen if plan.outcome == Outcome.REFUSED]:
        raise ValidationError(_refused_words(refused))
    wanted = [plan for plan in chosen if plan.outcome != Outcome.SAME]
    if not wanted:
        raise ValidationError(_("Mitään ei tallennettu: kaikki tuotavat rivit on jätetty pois."))
    writer = _Writer(group, user, _("Tuotu tiedostosta %s.") % sheet.file_name)
    for plan in wanted:
        _write(plan, writer)
    return wanted


def _refused_words(rows: Sequence[int]) -> str:
    sentence = ngettext(
        "Mitään ei tallennettu. Korjaa tiedostosta rivi %s ja valitse se uudelleen, "
        "tai merkitse rivi pois jätettäväksi.",
        "Mitään ei tallennettu. Korjaa tiedostosta rivit %s ja valitse se uudelleen, "
        "tai merkitse rivit pois jätettäviksi.",
        len(rows),
    )
    return sentence % joined(list(map(str, rows)))


def _write(plan: RowPlan, writer: _Writer) -> None:
    try:
        company = _write_company(plan, writer)
        _write_membership(plan, company, writer)
        _write_figures(plan, company, writer)
        _write_contact(plan, company)
    except ChangedMeanwhileError:
        raise
    except ValidationError as error:
        words = _("Rivi %(row)s: %(sentence)s")
        raise ValidationError(
            [words % {"row": plan.row.number, "sentence": sentence} for sentence in error.messages]
        ) from error


def _add_company(company: Company, writer: _Writer) -> Company:
    """No lock holds a row that is not there: somebody may have added the company since it was planned."""
    try:
        return add_row(company, writer.user, writer.reason)
    except ValidationError as error:
        same_id = Q(business_id=company.business_id) & ~Q(business_id="")
        if Company.objects.filter(Q(name__iexact=company.name) | same_id).exists():
            raise ChangedMeanwhileError from error
        raise


def _write_company(plan: RowPlan, writer: _Writer) -> Company:
    fields = _fields(plan.company)
    if "municipality" in fields:
        fields["municipality_id"] = fields.pop("municipality").municipality_id
    if plan.match.company is None:
        return _add_company(Company(**fields), writer)
    company = Company.objects.get(pk=plan.match.company.company_id)
    return change_row(company, writer.user, writer.reason, **fields) if fields else company


def _write_membership(plan: RowPlan, company: Company, writer: _Writer) -> None:
    if plan.membership is None:
        return
    fields = _fields(plan.membership)
    current = Membership.objects.filter(group=writer.group, company=company, left_on=None).first()
    if current is None:
        row = Membership(group=writer.group, company=company, **fields)
        add_row(row, writer.user, writer.reason, AT_MEMBERSHIP)
    else:
        change_row(current, writer.user, writer.reason, AT_MEMBERSHIP, **fields)


def _write_figures(plan: RowPlan, company: Company, writer: _Writer) -> None:
    if plan.figures is None:
        return
    year, fields = plan.row.told[Column.YEAR], _fields(plan.figures)
    stored = CompanyYear.objects.filter(company=company, year=year).first()
    if stored is None:
        add_row(CompanyYear(company=company, year=year, **fields), writer.user, writer.reason, AT_YEAR)
    else:
        change_row(stored, writer.user, writer.reason, AT_YEAR, **fields)


def _write_contact(plan: RowPlan, company: Company) -> None:
    """Without a record and without an entry in a log, as save_contact."""
    if plan.contact is None:
        return
    fields = _fields(plan.contact)
    name = fields.pop("contact")
    stored = [each for each in company.contacts.order_by("pk") if name_key(each.name) == name_key(name)]
    row = stored[0] if stored else ContactPerson(company=company, name=name)
    for field, value in fields.items():
        setattr(row, field, value)
    check_placed(row)
    row.save()


def _fields(columns: Mapping[Column, Any] | None) -> dict[str, Any]:
    """By the names of the model's fields."""
    return {str(column): value for column, value in (columns or {}).items()}
