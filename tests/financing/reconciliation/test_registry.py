import re

from financing.reconciliation.checks import CHECKS, TITLES
from financing.reconciliation.findings import Finding, Level, Origin, OriginKind, Result
from financing.reconciliation.registry import Check, Scope

PLACE = Origin(OriginKind.PROJECT, 1, "Mikrogrow")
PLACES = Scope(lambda value: f"Kohde {value}", lambda _value: [PLACE])


def findings(*results):
    return Check(
        "R99", "Otsikko", PLACES, lambda _value: results[0] if len(results) == 1 else results
    ).findings(7)


def test_checks_are_listed_by_their_codes():
    codes = [check.code for check in CHECKS]

    assert codes == sorted(codes)
    assert [code for code in codes if not re.fullmatch(r"R\d\d", code)] == []


def test_a_code_has_one_title_and_looks_at_each_thing_once():
    assert len({(check.code, check.title) for check in CHECKS}) == len(TITLES)
    assert len({(check.code, id(check.of)) for check in CHECKS}) == len(CHECKS)


def test_what_a_check_says_gets_its_code_title_subject_and_origins():
    assert findings(Result(Level.ERROR, "Eroaa.", detail="2018")) == [
        Finding(
            Level.ERROR,
            "Eroaa.",
            detail="2018",
            code="R99",
            title="Otsikko",
            subject="Kohde 7",
            origins=(PLACE,),
        )
    ]


def test_a_check_may_say_several_things_or_nothing():
    several = findings(Result(Level.NOTE, "Melkein."), Result(Level.PASSED, "Täsmää."))

    assert [finding.sentence for finding in several] == ["Melkein.", "Täsmää."]
    assert findings(None) == []
