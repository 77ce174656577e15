"""Notes beside the fields of a decision's paper that are left empty: why, and what to do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from financing.forms.papers import PaperForms
from financing.importing.paper_gaps import Gap, Gaps
from financing.importing.proposal import Proposal
from mikrogrow.values.money import format_percent

# The gap of each field of one form, and of each list.
_OF_PROJECT = {
    "name": Gap.NAME,
    "short_name": Gap.NAME,
    "starts_on": Gap.TIME,
    "ends_on": Gap.TIME,
    "total_cost": Gap.TOTAL,
    "target_companies": Gap.COMPANIES,
}
_OF_LISTS = {
    "years": Gap.YEARS,
    "categories": Gap.CATEGORIES,
    "source_years": Gap.SOURCE_YEARS,
    "shared": Gap.SHARED,
}
# The sections of what was read but not proposed.
_SECTIONS = {
    Gap.PART: "part",
    Gap.OWN: "lines",
    Gap.SOURCES: "lines",
    Gap.YEARS: "years",
    Gap.CATEGORIES: "categories",
    Gap.GRID: "categories",
}
_EMPTY: frozenset[Any] = frozenset({None, ""})


def add_notes(page: PaperForms, proposal: Proposal, *, has_lead: bool = False) -> dict[str, list[str]]:
    """Adds its note to each empty field; returns those of the lists, by their names.

    `has_lead` is whether the project that is entered into has a lead partner.
    """
    gaps = {gap: note for gap, note in proposal.gaps.items() if not (has_lead and gap is Gap.LEAD)}
    _add(page.project, {**_of(gaps, _OF_PROJECT), "case_number": _no_case_number()})
    _add(page.part, _of(gaps, {"cost": Gap.PART}))
    if page.decision is not None:
        _add(page.decision, {**_of_decision(), **_of(gaps, {"cap": Gap.CAP})})
    for form in page.rows["lines"]:
        _add(form, _of_line(form, proposal))
    for form in page.rows.get("officials", ()):
        if _value(form, "title"):
            _add(form, {"name": _("Asiakirja ei nimeä henkilöä. Kirjoita nimi, tai tyhjennä koko rivi.")})
    for form in page.rows.get("texts", ()):
        _add(form, {"text": _("Asiakirjassa tämä osa on tyhjä. Kirjoita teksti, jos se on tiedossa.")})
    return {name: notes for name in page.rows if (notes := list(_of_list(page, name, proposal, gaps)))}


def sections_to_choose(proposal: Proposal) -> set[str]:
    """Those in which a person has to choose between figures: their notes name them."""
    gaps = proposal.gaps
    return {name for gap, name in _SECTIONS.items() if any(sign.isdigit() for sign in gaps.get(gap, ""))}


def _add(form: BaseForm, notes: Mapping[str, str]) -> None:
    for name, note in notes.items():
        if name in form.fields and _value(form, name) in _EMPTY:
            # As help of the field, which its widget says that it is described by.
            bound = form[name]
            bound.help_text = " ".join(filter(None, [str(bound.help_text), note]))


def _value(form: BaseForm, name: str) -> Any:
    return form[name].value()


def _of(gaps: Gaps, fields: Mapping[str, Gap]) -> dict[str, str]:
    return {name: gaps[gap] for name, gap in fields.items() if gap in gaps}


def _no_case_number() -> str:
    return _("Asiakirjasta ei löytynyt asianumeroa. Kirjoita se, jos se on tiedossa.")


def _of_decision() -> dict[str, str]:
    years = _("Päätös ei rajaa valtuutuksen vuosia. Kirjoita vuosi, jos se on rajattu.")
    return {
        "body": _("Asiakirjasta ei löytynyt toimielintä. Kirjoita se: ilman sitä päätöstä ei tallenneta."),
        "meeting_date": _("Asiakirjasta ei löytynyt kokouspäivää. Kirjoita se, kun se on tiedossa."),
        "section": _("Asiakirjasta ei löytynyt pykälää. Kirjoita se, kun se on tiedossa."),
        "case_number": _no_case_number(),
        "title": _("Asiakirjasta ei löytynyt otsikkoa. Kirjoita se: ilman sitä päätöstä ei tallenneta."),
        "first_year": years,
        "last_year": years,
    }


def _of_line(form: BaseForm, proposal: Proposal) -> dict[str, str]:
    """A source of which the paper states only the share, or is not sure what its sum is."""
    if _is_own(form, proposal) and Gap.OWN in proposal.gaps:
        return {"amount": proposal.gaps[Gap.OWN]}
    share = _value(form, "share")
    if share in _EMPTY:
        return {"amount": _("Asiakirjasta ei löytynyt lähteen summaa. Kirjoita se, jos se on tiedossa.")}
    # What a person typed is no number yet.
    shown = share if isinstance(share, str) else format_percent(share)
    return {"amount": _("Asiakirja sanoo vain osuuden, %s. Kirjoita summa, jos se on tiedossa.") % shown}


def _is_own(form: BaseForm, proposal: Proposal) -> bool:
    money = proposal.money
    return _value(form, "source") in {e.name for e in (*money.part_lines, *money.whole_lines) if e.is_own}


def _of_list(page: PaperForms, name: str, proposal: Proposal, gaps: Gaps) -> Iterable[str]:
    if name == "parties":
        if Gap.LEAD in gaps:
            yield gaps[Gap.LEAD]
    elif name == "lines":
        yield from _of_lines(page, proposal)
    elif name in _OF_LISTS:
        yield from _of_rows(page, name, proposal)
    elif not len(page.rows[name]):
        yield _of_rest()[name]


def _of_lines(page: PaperForms, proposal: Proposal) -> Iterable[str]:
    gaps = proposal.gaps
    if Gap.SOURCES in gaps:
        yield gaps[Gap.SOURCES]
    # An own share that is not sure has a row: it is said beside its sum.
    if Gap.OWN in gaps and not any(_is_own(form, proposal) for form in page.rows["lines"]):
        yield gaps[Gap.OWN]


def _of_rows(page: PaperForms, name: str, proposal: Proposal) -> Iterable[str]:
    gaps, money = proposal.gaps, proposal.money
    if name == "years" and (money.grid or money.whole_grid):
        yield _("Vuosien kustannukset ovat kustannuslajien riveillä alla.")
    elif not len(page.rows[name]) and _OF_LISTS[name] in gaps:
        yield gaps[_OF_LISTS[name]]
    if name == "categories" and Gap.GRID in gaps:
        yield gaps[Gap.GRID]


def _of_rest() -> dict[str, str]:
    return {
        "officials": _(
            "Asiakirja ei nimeä valmistelijoita eikä esittelijää. Lisää rivit, jos he ovat tiedossa."
        ),
        "texts": _("Asiakirjassa ei ole tekstiä päätöksen osiin. Lisää rivit, jos teksti on tiedossa."),
        "attachments": _("Asiakirja ei luettele liitteitä. Lisää rivit, jos niitä on."),
    }
