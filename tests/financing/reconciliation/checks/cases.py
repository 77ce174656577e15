"""How tables of cases are written: levels by name, and ordinary spaces for those that do not break."""

from financing.reconciliation.findings import Finding, Level

ERROR, WARNING, NOTE, PASSED, UNKNOWN = (level.value for level in Level)


def said(finding: Finding) -> tuple[str, str]:
    """A finding's level and sentence, with ordinary spaces."""
    return finding.level.value, spaced(finding.sentence)


def numbers(finding: Finding) -> list[str]:
    """Both numbers of a finding and their difference, with ordinary spaces."""
    return [
        spaced(figure.text) if figure else "" for figure in (finding.left, finding.right, finding.difference)
    ]


def spaced(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")
