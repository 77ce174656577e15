"""One fault is one finding: what only follows from another is said under it, and not counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from financing.reconciliation.findings import Finding, Level, worst_first
from mikrogrow.values.money import ZERO

# A finding among those of the same subject, by code.
OfSubject = dict[str, list[Finding]]
HALF_A_POINT = Decimal("0.5")


def under_their_faults(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in their order, each consequence under the finding that it follows from."""
    by_subject: defaultdict[str, OfSubject] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        by_subject[finding.subject][finding.code].append(finding)
    causes = {
        id(finding): cause
        for finding in findings
        if finding.is_found and (cause := _cause(finding, by_subject[finding.subject]))
    }
    following: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if id(finding) in causes:
            following[id(_root(finding, causes))].append(finding)
    return [
        replace(each, consequences=tuple(worst_first(following[id(each)]))) if id(each) in following else each
        for each in findings
        if id(each) not in causes
    ]


def with_consequences(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding, and after it what follows from it."""
    return [each for finding in findings for each in (finding, *finding.consequences)]


def _root(finding: Finding, causes: dict[int, Finding]) -> Finding:
    while id(finding) in causes:
        finding = causes[id(finding)]
    return finding


def _cause(finding: Finding, of_subject: OfSubject) -> Finding | None:
    rule = RULES.get(finding.code)
    return rule(finding, of_subject) if rule else None


def _categories(finding: Finding, of_subject: OfSubject) -> Finding | None:
    """R07 compares what R01 and R04 compare: (sources − costs) − (years − costs)."""
    sources, years = _only(of_subject, "R01"), _only(of_subject, "R04")
    of_sources, of_years = _difference(sources), _difference(years)
    if of_sources is None or _difference(finding) != of_sources - (of_years or 0):
        return None
    return next((each for each in (sources, years) if each is not None and each.is_found), None)


def _years(finding: Finding, of_subject: OfSubject) -> Finding | None:
    """R04 differs by what the flat rates (R06) differ by."""
    found = [each for each in of_subject.get("R06", []) if each.is_found]
    differences = [_difference(each) for each in found]
    if not found or None in differences or sum(filter(None, differences)) != _difference(finding):
        return None
    return found[0]


def _shares(finding: Finding, of_subject: OfSubject) -> Finding | None:
    """R02 differs because a stated share (R03) does, or because the amounts (R01) do."""
    sources = _only(of_subject, "R01")
    wrong = [each for each in of_subject.get("R03", []) if each.level is Level.ERROR]
    if sources is None or finding.level is not Level.ERROR:
        return None
    if sources.level is Level.PASSED and wrong:
        return max(wrong, key=lambda each: abs(_difference(each) or ZERO))
    if sources.is_found and not any(each.is_found for each in of_subject.get("R03", [])):
        return sources if _is_same_part(finding, sources) else None
    return None


def _is_same_part(shares: Finding, sources: Finding) -> bool:
    points, euros = _difference(shares), _difference(sources)
    cost = sources.right.value if sources.right else None
    if points is None or euros is None or not cost:
        return False
    return abs(points - euros * 100 / Decimal(cost)) <= HALF_A_POINT


def _liability(finding: Finding, of_subject: OfSubject) -> Finding | None:
    """R12 is outside the authority by just what own money (R11) is."""
    own = _only(of_subject, "R11")
    if own is None or not own.is_found:
        return None
    short, outside = _difference(own), _difference(finding)
    return own if short is not None and short == -(outside or 0) != 0 else None


RULES: dict[str, Callable[[Finding, OfSubject], Finding | None]] = {
    "R02": _shares,
    "R04": _years,
    "R07": _categories,
    "R12": _liability,
}


def _only(of_subject: OfSubject, code: str) -> Finding | None:
    found = of_subject.get(code, [])
    return found[0] if len(found) == 1 else None


def _difference(finding: Finding | None) -> Decimal | None:
    if finding is None or finding.difference is None or finding.difference.value is None:
        return None
    return Decimal(finding.difference.value)
