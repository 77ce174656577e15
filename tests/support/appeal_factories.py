"""Rows of a decision's appeal: bodies, instructions, publication and notices."""

from datetime import date
from typing import Any

from projects.choices import AppealKind, BodyKind, NoticeWay
from projects.models import (
    Decision,
    DecisionAppeal,
    DecisionBody,
    DecisionNotice,
    DecisionPublication,
    LodgedAppeal,
)


def make_body(name: str = "Kaupunginhallitus", **fields: Any) -> DecisionBody:
    """The city board with everything that instructions need."""
    values = {
        "kind": BodyKind.BOARD,
        "contact": "Kirjaamo, Esimerkkikatu 1\nkirjaamo@example.org",
        "court": "Esimerkkilän hallinto-oikeus",
        "court_contact": "Mallitie 2\noikeus@example.org",
    }
    return DecisionBody.objects.create(name=name, **{**values, **fields})


def make_appeal(decision: Decision, **fields: Any) -> DecisionAppeal:
    """Instructions for a claim for revision; of a draft, because a made decision takes none."""
    values = {
        "version": "2017-06",
        "kind": AppealKind.CLAIM,
        "authority": "Kaupunginhallitus",
        "days": 14,
        "title": "Oikaisuvaatimusohje (kuntalaki 134 §)",
        "text": "Oikaisuvaatimus tehdään kaupunginhallitukselle.",
    }
    return DecisionAppeal.objects.create(decision=decision, **{**values, **fields})


def make_publication(
    decision: Decision, published_on: date | None = None, **fields: Any
) -> DecisionPublication:
    return DecisionPublication.objects.create(decision=decision, published_on=published_on, **fields)


def make_notice(decision: Decision, day: date, **fields: Any) -> DecisionNotice:
    """A letter to a party."""
    values = {"recipient": "Esimerkkilän Kehitys Oy", "way": NoticeWay.LETTER}
    return DecisionNotice.objects.create(decision=decision, day=day, **{**values, **fields})


def lodged(decision: Decision, arrived_on: date, **fields: Any) -> LodgedAppeal:
    """A claim for revision that was made; not saved."""
    values = {"appellant": "Maija Mallikas", "kind": AppealKind.CLAIM}
    return LodgedAppeal(decision=decision, arrived_on=arrived_on, **{**values, **fields})


def make_lodged(decision: Decision, arrived_on: date, **fields: Any) -> LodgedAppeal:
    row = lodged(decision, arrived_on, **fields)
    row.save()
    return row
