"""Which company that is already recorded a row of a list means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groups.importing.columns import Column, CompanySheet
from groups.importing.rows import SheetRow
from mikrogrow.values.company_names import bare_name
from mikrogrow.values.translation import joined
from mikrogrow.values.typed_text import name_key

# What a person chooses of a row whose company may be a recorded one; else the key of that one.
AS_NEW = "new"


@dataclass(frozen=True)
class Recorded:
    """A recorded company; `municipality_id` and `business_id` may be unknown."""

    company_id: int
    name: str
    business_id: str
    municipality_id: int | None

    def __str__(self) -> str:
        return f"{self.name} ({self.business_id})" if self.business_id else self.name


@dataclass(frozen=True)
class Match:
    """`company` is None of a new one. `candidates` may be the same company, which a person decides."""

    company: Recorded | None = None
    candidates: tuple[Recorded, ...] = ()
    choice: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Register:
    """All recorded companies, by what a row can tell of them."""

    def __init__(self, companies: Iterable[Recorded]) -> None:
        self._by_id: dict[str, Recorded] = {}
        self._by_name: dict[str, Recorded] = {}
        self._alike: defaultdict[tuple[int, str], list[Recorded]] = defaultdict(list)
        for company in companies:
            if company.business_id:
                self._by_id[company.business_id] = company
            self._by_name[name_key(company.name)] = company
            if company.municipality_id is not None:
                self._alike[company.municipality_id, bare_name(company.name)].append(company)

    def match(self, row: SheetRow, sheet: CompanySheet, choice: str) -> Match:
        by_id = self._by_id.get(row.business_id) if row.business_id else None
        by_name = self._by_name.get(name_key(row.name)) if row.name else None
        if by_id is not None:
            return _with_id(row, by_id, sheet)
        if by_name is not None:
            return _with_name(row, by_name, sheet)
        if not row.name:
            sentence = _("%(place)s: Luettiin ”%(id)s”. Sitä ei ole kirjattu: anna myös yrityksen nimi.")
            return Match(problems=(sentence % _words(sheet, Column.BUSINESS_ID, row),))
        return self._among_alike(row, sheet, choice)

    def _among_alike(self, row: SheetRow, sheet: CompanySheet, choice: str) -> Match:
        alike = self._alike.get((row.place.municipality_id, bare_name(row.name)), []) if row.place else []
        candidates = tuple(each for each in alike if not (row.business_id and each.business_id))
        others = [f"”{each}”" for each in alike if each not in candidates]
        notes = (_("Samassa kunnassa on lähes samanniminen %s.") % joined(others),) if others else ()
        if not candidates:
            return Match(notes=notes)
        allowed = {AS_NEW, *(str(each.company_id) for each in candidates)}
        if choice not in allowed:
            choice = str(candidates[0].company_id) if len(candidates) == 1 else ""
        if not choice:
            names = joined([f"”{each}”" for each in candidates])
            sentence = _("Samassa kunnassa ovat lähes samannimiset %s. Valitse, mikä niistä yritys on.")
            return Match(None, candidates, "", notes, (sentence % names,))
        company = next((each for each in candidates if str(each.company_id) == choice), None)
        return Match(company, candidates, choice, notes)


def _with_id(row: SheetRow, company: Recorded, sheet: CompanySheet) -> Match:
    if row.name and bare_name(row.name) != bare_name(company.name):
        sentence = _(
            "%(place)s: Luettiin ”%(id)s”, joka on yrityksellä ”%(name)s”. Tarkista nimi tai Y-tunnus."
        )
        return Match(problems=(sentence % _words(sheet, Column.BUSINESS_ID, row, company),))
    return Match(company)


def _with_name(row: SheetRow, company: Recorded, sheet: CompanySheet) -> Match:
    if row.business_id and company.business_id:
        sentence = _(
            "%(place)s: Luettiin ”%(id)s”, mutta yrityksen ”%(name)s” Y-tunnus on %(stored)s. "
            "Tarkista nimi tai Y-tunnus."
        )
        return Match(problems=(sentence % _words(sheet, Column.BUSINESS_ID, row, company),))
    stored = company.municipality_id
    if row.place is not None and stored is not None and row.place.municipality_id != stored:
        # Names are no proof, and two companies cannot have the same.
        sentence = _(
            "%(place)s: Luettiin ”%(town)s”, mutta samanniminen yritys on kirjattu toiseen kuntaan. "
            "Jos se on sama yritys, jätä kunta tyhjäksi; muuten täydennä nimeä."
        )
        return Match(problems=(sentence % _words(sheet, Column.MUNICIPALITY, row, company),))
    return Match(company)


def _words(
    sheet: CompanySheet, column: Column, row: SheetRow, company: Recorded | None = None
) -> Mapping[str, str]:
    return {
        "place": sheet.place_of(column),
        "id": row.business_id,
        "town": row.place.name if row.place else "",
        "name": company.name if company else "",
        "stored": company.business_id if company else "",
    }
