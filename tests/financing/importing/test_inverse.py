"""That a plan exported and imported is the same plan."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from financing.choices import OF_YEAR, CostBasis, CostCategory, StatedSum, VatBasis
from financing.importing.merging import snapshot
from financing.importing.preview import preview, read_upload
from financing.importing.rows import Catalogue
from financing.reports.plans import financing_report
from financing.rules.figures.costs import CostFigures, StatedFigures
from financing.rules.figures.plans import LineFigures
from financing.workbook.labels import Heading
from financing.workbook.plans import plan_sheets
from mikrogrow.workbooks import Book
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN

CATEGORIES = {str(code): str(label) for code, label in CostCategory.choices}
CATALOGUE = Catalogue((EU_STATE, DEVELOPMENT_FUND, OWN, PRIVATE), CATEGORIES)


def exported(one_plan):
    is_whole = one_plan.organisation_id is None
    figures = replace(SEED, whole_plan=one_plan) if is_whole else replace(SEED, plans=(one_plan,))
    book = Book()
    plan_sheets(book, figures, financing_report(figures, []), Heading("Otsikko"))
    return book.content(title="", creator="", subject="", on=date(2018, 10, 15))


EUROS = st.one_of(st.none(), st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
YEARS = st.integers(2015, 2019)


_TOTALS = [
    (StatedSum.SOURCES, 0, ""),
    *((kind, year, "") for kind in OF_YEAR for year in (2016, 2018)),
    *((StatedSum.CATEGORY, 0, category) for category in sorted(CATEGORIES)),
]


@st.composite
def plans(draw):
    sources = draw(st.lists(st.sampled_from(CATALOGUE.sources), unique=True, max_size=4))
    lines = tuple(
        LineFigures(
            source,
            draw(EUROS),
            draw(st.one_of(st.none(), st.decimals(0, 100, places=3, allow_nan=False))),
            draw(st.dictionaries(YEARS, EUROS.filter(lambda amount: amount is not None), max_size=3)),
        )
        for source in sorted(sources, key=lambda source: source.source_class)
    )
    keys = st.tuples(st.one_of(YEARS, st.none()), st.sampled_from(sorted(CATEGORIES)))
    cells = draw(st.dictionaries(keys, EUROS, max_size=6))
    stated = (CostFigures(year, amount, CATEGORIES[code], code) for (year, code), amount in cells.items())
    costs = tuple(sorted(stated, key=lambda cost: cost.order))
    totals = draw(st.dictionaries(st.sampled_from(_TOTALS), EUROS, max_size=4))
    known = sorted((key, amount) for key, amount in totals.items() if amount is not None)
    said = tuple(StatedFigures(kind, amount, year or None, of) for (kind, year, of), amount in known)
    basis = draw(st.sampled_from(VatBasis))
    plan = replace(
        SEED_PLAN,
        lines=_nested(draw, lines),
        costs=costs,
        stated=said,
        cost_is_approximate=draw(st.booleans()),
        cost_basis=draw(st.sampled_from(CostBasis)),
        vat_basis=basis,
        vat=draw(EUROS) if basis == VatBasis.INCLUDED else None,
    )
    return plan.with_stated_cost(draw(EUROS))


def empty_of(stated):
    bare = {"lines": (), "costs": (), "stated": (), "cost": None, "gross_cost": None}
    return replace(stated, **bare, cost_is_approximate=False, cost_basis="", vat_basis="", vat=None)


def _nested(draw, lines):
    """Some lines are work in kind, or have others' money; of the others some go into the first one."""
    others = st.lists(st.sampled_from(CATALOGUE.sources), unique=True, max_size=2).map(tuple)
    kinds = [replace(each, is_in_kind=draw(st.booleans()), includes=draw(others)) for each in lines]
    inside = [draw(st.booleans()) for _each in kinds[1:]]
    parts = [each for each, is_part in zip(kinds[1:], inside, strict=True) if is_part]
    alone = [each for each, is_part in zip(kinds[1:], inside, strict=True) if not is_part]
    return (*(replace(each, of_which=tuple(parts)) for each in kinds[:1]), *alone)


@given(plans())
@settings(max_examples=40)
def test_export_and_import_are_inverse(stated):
    content = exported(stated)
    empty = empty_of(stated)

    shown = preview(read_upload("a.xlsx", content, empty), {}, empty, SEED, CATALOGUE)

    assert shown.upload.is_own
    if stated.lines or stated.costs or stated.stated or stated.cost is not None:
        assert shown.problems == ()
    assert snapshot(shown.wanted) == snapshot(stated)
    assert exported(shown.wanted) == content
    again = preview(shown.upload, {}, stated, SEED, CATALOGUE)
    assert again.changes == ()
    assert again.missing == ()


@given(plans())
@settings(max_examples=40)
def test_export_and_import_of_the_whole_project_are_inverse(stated):
    stated = replace(stated, plan_id=10, organisation_id=None, owner="", cost_is_approximate=True)
    content = exported(stated)
    # What the whole project costs is a field of the project.
    empty = replace(empty_of(stated), cost=stated.cost_as_stated, cost_is_approximate=True)

    shown = preview(read_upload("a.xlsx", content, empty), {}, empty, SEED, CATALOGUE)

    assert (shown.upload.is_own, shown.warning) == (True, "")
    assert exported(shown.wanted) == content
    assert snapshot(shown.wanted) == snapshot(stated)
    again = preview(shown.upload, {}, stated, SEED, CATALOGUE)
    assert (again.changes, again.missing) == ((), ())
