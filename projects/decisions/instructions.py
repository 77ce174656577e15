"""Instructions for appeal of a decision: those that it would be given now, and those that it keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from mikrogrow.values.typed_text import name_key
from projects.choices import NOT_YET_DECIDED, AppealKind, BodyKind, MatterKind
from projects.decisions.appeal.instructions import VERSIONS, InstructionsVersion, version_on
from projects.decisions.appeal.rules import (
    Appeal,
    Authority,
    ImpossibleMatterError,
    Matter,
    appeal_kind,
    appeal_of,
)
from projects.models import Decision, DecisionAppeal, DecisionBody

# Slips of the hand, but no other body: "Perusturvalautakunta" is not "Perusopetuslautakunta".
_ALIKE = 0.87


@dataclass(frozen=True)
class Instructions:
    """What follows from the decision, its body and the version of its day.

    `lacks` are sentences that say why there is no appeal or what it lacks, `advice` what would be better.
    With `is_of_body` they are mended in the register of bodies, where the decision has the row `body`.
    """

    appeal: Appeal | None = None
    version: str = ""
    body: DecisionBody | None = None
    lacks: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    is_of_body: bool = False


def body_named(name: str, bodies: Iterable[DecisionBody]) -> DecisionBody | None:
    """In whatever case and with whatever spaces."""
    return next((row for row in bodies if name_key(row.name) == name_key(name)), None)


def near_name(name: str, bodies: Iterable[DecisionBody]) -> str:
    """That of a body, which was hardly meant to be spelt so; empty if there is none such."""
    names = {name_key(row.name): row.name for row in bodies}
    key = name_key(name)
    near = [] if key in names else get_close_matches(key, names, 1, _ALIKE)
    return names[near[0]] if near else ""


def instructions_of(
    decision: Decision, outcome: str = "", *, bodies: Iterable[DecisionBody] | None = None
) -> Instructions:
    """Those that the decision is given if it is made now; without a day, by the latest version.

    `bodies` are all of them, if they have already been read.
    """
    kind = matter_kind_of(decision, outcome)
    version = version_on(decision.meeting_date or date.max)
    if version is None:
        return Instructions(lacks=(_no_version(decision.meeting_date),))
    known = list(DecisionBody.objects.all() if bodies is None else bodies)
    body = body_named(decision.body, known)
    if kind is None:
        return Instructions(body=body, lacks=(_no_kind(),))
    if body is None and kind not in {MatterKind.PREPARES, MatterKind.PUTS_INTO_EFFECT}:
        return Instructions(lacks=(_no_body(decision.body, known),), is_of_body=True)
    return _worked_out(decision, kind, body, version)


def matter_kind_of(decision: Decision, outcome: str = "") -> MatterKind | None:
    """None if nobody has chosen it. What is returned or tabled is only prepared, whatever was proposed."""
    if outcome in NOT_YET_DECIDED:
        return MatterKind.PREPARES
    return MatterKind(decision.matter_kind) if decision.matter_kind else None


def keep_instructions(*, decision: Decision, outcome: str) -> DecisionAppeal | None:
    """Just before the decision is made: afterwards the database takes none. None if there are none."""
    found = instructions_of(decision, outcome)
    if found.appeal is None or found.lacks:
        return None
    appeal = found.appeal
    kept = DecisionAppeal(
        decision=decision,
        version=found.version,
        kind=appeal.kind,
        authority=appeal.authority.name if appeal.authority else "",
        days=appeal.days,
        title=appeal.title,
        text=appeal.text,
    )
    kept.full_clean()
    kept.save()
    return kept


def kept_instructions(decision: Decision) -> DecisionAppeal | None:
    return getattr(decision, "appeal", None)


def _worked_out(
    decision: Decision, kind: MatterKind, body: DecisionBody | None, version: InstructionsVersion
) -> Instructions:
    matter = _matter(decision, kind, body)
    try:
        appeal = appeal_of(matter, None, version)
    except ImpossibleMatterError as error:
        return Instructions(body=body, lacks=(str(error),))
    lacks: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    if appeal.kind is not AppealKind.NONE:
        if appeal.authority is None:
            lacks = (_no_authority(matter),)
        elif not appeal.authority.contact.strip():
            advice = (_no_contact(appeal),)
    return Instructions(appeal, version.name, body, lacks, advice, is_of_body=bool(lacks or advice))


def _matter(decision: Decision, kind: MatterKind, body: DecisionBody | None) -> Matter:
    if body is None:
        # Of what cannot be appealed the body does not matter.
        return Matter(BodyKind.BOARD, kind, Authority(decision.body))
    return Matter(
        BodyKind(body.kind),
        kind,
        Authority(body.name, body.contact),
        superior=Authority(body.superior, body.contact) if body.superior.strip() else None,
        court=Authority(body.court, body.court_contact) if body.court.strip() else None,
    )


def _no_kind() -> str:
    return _(
        "Päätöksen laatu puuttuu. Valitse se kokouksen ja asian tiedoista: laadusta seuraa muutoksenhaku."
    )


def _no_version(day: date | None) -> str:
    first = min(VERSIONS, key=lambda version: version.holds_from)
    return _(
        "Kokouspäivälle %(day)s ei ole muutoksenhakuohjetta: ensimmäinen ohje on voimassa %(first)s alkaen."
    ) % {"day": format_date(day), "first": format_date(first.holds_from)}


def _no_body(name: str, bodies: Iterable[DecisionBody]) -> str:
    sentence = _("Toimielin ”%(name)s” puuttuu toimielinten luettelosta. Tarkista nimi.")
    if near := near_name(name, bodies):
        sentence = _("Toimielin ”%(name)s” puuttuu toimielinten luettelosta. Tarkoititko ”%(near)s”?")
    return sentence % {"name": name, "near": near}


def _no_authority(matter: Matter) -> str:
    if appeal_kind(matter.body_kind, matter.kind) is AppealKind.COURT:
        sentence = _("Toimielimen ”%s” tiedoista puuttuu hallinto-oikeus, johon päätöksestä valitetaan.")
    else:
        sentence = _("Viranhaltijan ”%s” tiedoista puuttuu toimielin, jolle oikaisuvaatimus tehdään.")
    return sentence % matter.body.name


def _no_contact(appeal: Appeal) -> str:
    name = appeal.authority.name if appeal.authority else ""
    return _("Muutoksenhakuohjeessa ei ole yhteystietoja: %s. Kirjaa ne toimielimen tietoihin.") % name
