"""What the import of a list of companies rests on, read in a number of queries that no list changes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from groups.choices import IndustryClass, Ownership
from groups.importing.columns import Column, CompanySheet
from groups.importing.matching import Match, Recorded, Register
from groups.importing.plans import (
    OF_COMPANY,
    OF_CONTACT,
    GroupFacts,
    Known,
    RowPlan,
    plan_row,
    with_doubles,
)
from groups.importing.rows import FIGURES, Place, read_rows
from groups.models import Company, CompanyGroup, CompanyYear, ContactPerson, Membership, Municipality
from groups.queries.groups import memberships_of
from groups.queries.rights import sees_contacts
from groups.rules.members import MembershipFacts
from mikrogrow.values.typed_text import name_key
from projects.models import Project


def import_plans(
    group: CompanyGroup, user: Any, sheet: CompanySheet, choices: Mapping[int, str]
) -> tuple[RowPlan, ...]:
    """What the import of each row would do now. `choices` are by the number of the row."""
    places = {row.pk: Place(row.pk, row.name, row.code) for row in Municipality.objects.all()}
    columns = ("pk", "name", "business_id", "municipality")
    register = Register(Recorded(*row) for row in Company.objects.order_by("pk").values_list(*columns))
    rows = read_rows(sheet, tuple(places.values()))
    matches = [
        # Of a row that could not be read nobody knows which company it means.
        Match() if row.problems else register.match(row, sheet, choices.get(row.number, ""))
        for row in rows
    ]
    known = _known(group, user, [match.company for match in matches if match.company], places)
    facts = _facts_of(group)
    return with_doubles(
        [
            plan_row(row, match, known.get(match.company.company_id) if match.company else None, facts, sheet)
            for row, match in zip(rows, matches, strict=True)
        ]
    )


def _facts_of(group: CompanyGroup) -> GroupFacts:
    names = CompanyGroup.objects.filter(project=group.project_id).order_by("pk").values_list("pk", "name")
    home = Municipality.objects.filter(sub_region=group.sub_region_id).values_list("pk", flat=True)
    project = group.project
    return GroupFacts(group.pk, dict(names), frozenset(home), project.starts_on, project.ends_on)


def _known(
    group: CompanyGroup, user: Any, companies: Collection[Recorded], places: Mapping[int, Place]
) -> dict[int, Known]:
    """By the key of the company."""
    keys = {company.company_id for company in companies}
    memberships: defaultdict[int, list[MembershipFacts]] = defaultdict(list)
    for membership in memberships_of(group.project_id):
        memberships[membership.company_id].append(membership)
    years, contacts = _years_of(keys), _contacts_of(keys, user)
    stored = {row.pk: row for row in Company.objects.filter(pk__in=keys)}
    return {
        company.company_id: Known(
            company,
            _facts(stored[company.company_id], places),
            years[company.company_id],
            contacts.get(company.company_id),
            memberships[company.company_id],
            _current(memberships[company.company_id], group),
        )
        for company in companies
    }


def _current(memberships: Collection[MembershipFacts], group: CompanyGroup) -> MembershipFacts | None:
    return next((each for each in memberships if each.group_id == group.pk and each.left_on is None), None)


def _facts(company: Company, places: Mapping[int, Place]) -> dict[Column, Any]:
    facts: dict[Column, Any] = {
        column: getattr(company, column) for column in OF_COMPANY if column != Column.MUNICIPALITY
    }
    return {
        **facts,
        Column.MUNICIPALITY: places.get(company.municipality_id or 0),
        Column.INDUSTRY_CLASS: IndustryClass(company.industry_class),
    }


def _years_of(keys: Collection[int]) -> Mapping[int, dict[int, dict[Column, Any]]]:
    found: defaultdict[int, dict[int, dict[Column, Any]]] = defaultdict(dict)
    for row in CompanyYear.objects.filter(company__in=keys).order_by("pk"):
        figures = {column: getattr(row, column) for column in FIGURES}
        owned = Ownership(row.ownership) if row.ownership else None
        found[row.company_id][row.year] = {**figures, Column.OWNERSHIP: owned}
    return found


def _contacts_of(keys: Collection[int], user: Any) -> dict[int, dict[str, dict[Column, Any]]]:
    """Of the companies whose contact persons the person may see, by the key of the name."""
    groups: defaultdict[int, list[CompanyGroup]] = defaultdict(list)
    rows = Membership.objects.filter(company__in=keys, group__project__in=Project.objects.visible_to(user))
    for membership in rows.select_related("group").order_by("pk"):
        groups[membership.company_id].append(membership.group)
    found: dict[int, dict[str, dict[Column, Any]]] = {
        key: {} for key in keys if sees_contacts(user, groups[key])
    }
    for row in ContactPerson.objects.filter(company__in=found).order_by("-pk"):
        found[row.company_id][name_key(row.name)] = {column: getattr(row, column) for column in OF_CONTACT}
    return found
