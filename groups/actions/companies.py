"""Keeping a group's companies: their facts, years and contact persons, and how they join and leave.

Each raises PermissionDenied, or ValidationError with the sentences beside their fields.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from groups.actions.rows import expect_to_run, refuse_later
from groups.models import (
    Company,
    CompanyGroup,
    CompanyYear,
    ContactPerson,
    DeMinimisAid,
    Membership,
    Municipality,
)
from groups.queries.companies import groups_of_company
from groups.queries.rights import may_edit_company, sees_contacts
from mikrogrow.database.placed import check_placed
from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import locked, writes
from mikrogrow.values.typed_text import name_key

AT_YEAR = {"company_year_not_negative": "turnover"}
AT_MEMBERSHIP = {"membership_reason_has_day": "left_on", "membership_open_once": "name"}


@writes("row")
def change_company(*, row: Company, user: Any, **facts: Any) -> Company:
    return change_row(_locked(row, user), user, _("Yrityksen tietoja muutettu."), **facts)


@writes("row")
def save_year(*, row: CompanyYear, user: Any, **figures: Any) -> CompanyYear:
    company = _locked(row.company, user)
    if row.pk is None:
        new = CompanyYear(company=company, **figures)
        return add_row(new, user, _("Yrityksen vuosi lisätty."), AT_YEAR)
    found = locked(CompanyYear.objects.filter(pk=row.pk)).get()
    return change_row(found, user, _("Yrityksen vuotta muutettu."), AT_YEAR, **figures)


@writes("row")
def remove_year(*, row: CompanyYear, user: Any) -> None:
    _locked(row.company, user)
    remove_row(locked(CompanyYear.objects.filter(pk=row.pk)), user, _("Yrityksen vuosi poistettu."))


@writes("row")
def save_contact(*, row: ContactPerson, user: Any, **facts: Any) -> ContactPerson:
    """Without a record and without an entry in a log, so that nothing of a person is left when removed."""
    company = _locked(row.company, user)
    _expect_to_see_people(company, user)
    found = ContactPerson(company=company) if row.pk is None else ContactPerson.objects.get(pk=row.pk)
    for name, value in facts.items():
        setattr(found, name, value)
    check_placed(found)
    others = ContactPerson.objects.filter(company=company).exclude(pk=found.pk)
    if name_key(found.name) in {name_key(other.name) for other in others}:
        sentence = _("Luettiin ”%s”. Yrityksellä on jo samanniminen yhteyshenkilö. Muuta hänen tietojaan.")
        raise ValidationError({"name": sentence % found.name})
    found.save()
    return found


@writes("row")
def remove_contact(*, row: ContactPerson, user: Any) -> None:
    company = _locked(row.company, user)
    _expect_to_see_people(company, user)
    ContactPerson.objects.filter(pk=row.pk).delete()


@writes("row")
def save_aid(*, row: DeMinimisAid, user: Any, on: date, granted_on: date, **facts: Any) -> DeMinimisAid:
    company = _locked(row.company, user)
    refuse_later(on, granted_on=granted_on)
    if row.pk is None:
        new = DeMinimisAid(company=company, granted_on=granted_on, **facts)
        return add_row(new, user, _("De minimis -tuki lisätty."))
    found = locked(DeMinimisAid.objects.filter(pk=row.pk)).get()
    return change_row(found, user, _("De minimis -tukea muutettu."), granted_on=granted_on, **facts)


@writes("row")
def remove_aid(*, row: DeMinimisAid, user: Any, on: date) -> None:
    _locked(row.company, user)
    remove_row(locked(DeMinimisAid.objects.filter(pk=row.pk)), user, _("De minimis -tuki poistettu."))


@writes("group")
def join_group(
    *,
    group: CompanyGroup,
    user: Any,
    name: str,
    business_id: str,
    municipality: Municipality | None,
    joined_on: date | None,
    is_waiting: bool,
) -> Membership:
    """Of a company that is known by its name or business ID, else of a new one."""
    expect_to_run(user, group)
    company = _known(name, business_id)
    if company is None:
        new = Company(name=name, business_id=business_id, municipality=municipality)
        company = add_row(new, user, _("Yritys lisätty."))
    row = Membership(group=group, company=company, joined_on=joined_on, is_waiting=is_waiting)
    return add_row(row, user, _("Yritys liitetty ryhmään."), AT_MEMBERSHIP)


@writes("row")
def change_membership(*, row: Membership, user: Any, **facts: Any) -> Membership:
    """It joins from the waiting list, or leaves with a day and a reason."""
    found = locked(Membership.objects.filter(pk=row.pk)).select_related("group", "company").get()
    expect_to_run(user, found.group)
    return change_row(found, user, _("Yrityksen jäsenyyttä muutettu."), AT_MEMBERSHIP, **facts)


@writes("row")
def remove_membership(*, row: Membership, user: Any) -> None:
    """Of one entered by mistake. What the company did in the group stays."""
    expect_to_run(user, row.group)
    remove_row(locked(Membership.objects.filter(pk=row.pk)), user, _("Yrityksen jäsenyys poistettu."))


def _known(name: str, business_id: str) -> Company | None:
    by_name = Company.objects.filter(name=name).first()
    by_id = Company.objects.filter(business_id=business_id).first() if business_id else None
    if by_id is not None and name and by_id != by_name:
        sentence = _("Y-tunnus %(id)s on yrityksellä ”%(name)s”. Tarkista nimi tai Y-tunnus.")
        raise ValidationError({"business_id": sentence % {"id": business_id, "name": by_id.name}})
    if by_name is not None and business_id and by_id is None:
        sentence = _("Yrityksen ”%(name)s” Y-tunnus on toinen tai puuttuu. Jätä tämä kohta tyhjäksi.")
        raise ValidationError({"business_id": sentence % {"name": by_name.name}})
    return by_id or by_name


def _locked(company: Company, user: Any) -> Company:
    found = locked(Company.objects.filter(pk=company.pk)).get()
    if not may_edit_company(user, groups_of_company(found, user)):
        raise PermissionDenied
    return found


def _expect_to_see_people(company: Company, user: Any) -> None:
    if not sees_contacts(user, groups_of_company(company, user)):
        raise PermissionDenied
