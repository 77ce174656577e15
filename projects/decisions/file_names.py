"""What the file of a printed decision is called: 2026-11-23-kh-55-luonnos.pdf."""

from datetime import date

from django.utils.text import slugify

from projects.choices import DecisionStage
from projects.models import Attachment, Decision

SHORT_NAMES = {"kaupunginhallitus": "kh", "kaupunginvaltuusto": "kv"}
# Not in the initials of a body's name.
JOINING = {"ja", "seka"}
KINDS = {
    DecisionStage.DRAFT: "luonnos",
    DecisionStage.MOTION: "esitys",
    DecisionStage.PROPOSAL: "esityslista",
    DecisionStage.DECIDED: "poytakirjanote",
}


def decision_file_name(decision: Decision) -> str:
    """Without what is unknown; then the decision's own number tells it from others."""
    return _file_name(decision, KINDS[DecisionStage(decision.stage)])


def internal_file_name(decision: Decision) -> str:
    return _file_name(decision, f"{KINDS[DecisionStage(decision.stage)]}-sisainen")


def with_annexes_file_name(decision: Decision, *, is_internal: bool = False) -> str:
    version = "-sisainen" if is_internal else ""
    return _file_name(decision, f"{KINDS[DecisionStage(decision.stage)]}-liitteineen{version}")


def appeal_file_name(decision: Decision) -> str:
    return _file_name(decision, "muutoksenhakuohje")


def meeting_file_name(body: str, day: date, *, is_decided: bool, is_internal: bool = False) -> str:
    """Of all items of the meeting."""
    kind = "poytakirja" if is_decided else "esityslista"
    version = "sisainen" if is_internal else ""
    return "-".join(filter(None, [day.isoformat(), short_name(body), kind, version])) + ".pdf"


def annex_file_name(annex: Attachment) -> str:
    """Ours, whatever the file was called that somebody sent: 2026-11-23-kh-55-liite-2.pdf."""
    return _file_name(annex.decision, f"liite-{annex.number}")


def correction_file_name(decision: Decision, number: int, *, is_internal: bool = False) -> str:
    version = "-sisainen" if is_internal else ""
    return _file_name(decision, f"{KINDS[DecisionStage.DECIDED]}-korjattu-{number}{version}")


def _file_name(decision: Decision, kind: str) -> str:
    day, section = decision.meeting_date, decision.section
    parts = [
        day.isoformat() if day else "",
        short_name(decision.body),
        str(section or ""),
        kind,
        "" if day and section else str(decision.pk),
    ]
    return "-".join(filter(None, parts)) + ".pdf"


def short_name(body: str) -> str:
    """The body's abbreviation, or the initials of its words, or its only word."""
    words = [word for word in slugify(body).split("-") if word and word not in JOINING]
    if len(words) > 1:
        return "".join(word[0] for word in words)
    return SHORT_NAMES.get(words[0], words[0][:40]) if words else ""
