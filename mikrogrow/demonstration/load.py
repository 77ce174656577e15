"""Loads the demonstration, once."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mikrogrow.demonstration.invented import (
    JARVIRETKI,
    JARVIRETKI_NAME,
    KIERTOKONE,
    KIERTOKONE_NAME,
    PUUPOLKU,
    PUUPOLKU_NAME,
    add_jarviretki,
    add_kiertokone,
    add_puupolku,
)
from mikrogrow.demonstration.invented_decisions import correct_slips
from mikrogrow.demonstration.mikrogrow_project import NAME, SLUG, add_mikrogrow
from mikrogrow.demonstration.organisations import Common, OtherCityError, common_rows
from mikrogrow.pdf.render import PdfError
from projects.choices import DecisionStage
from projects.decisions.actions import archive_print
from projects.models import Decision, Project

__all__ = ["Loaded", "OtherCityError", "archive_prints", "load_demonstration"]


@dataclass(frozen=True)
class Loaded:
    """The projects that were added now, and those that existed already."""

    added: tuple[Project, ...]
    existing: tuple[Project, ...]


@dataclass(frozen=True)
class _Demonstration:
    slug: str
    name: str
    add: Callable[[Common], Project]

    def find(self) -> Project | None:
        # People may have changed its address.
        known = Q(slug=self.slug) | Q(name=self.name, is_demonstration=True)
        return Project.objects.filter(known).order_by("pk").first()


PROJECTS = (
    _Demonstration(SLUG, NAME, add_mikrogrow),
    _Demonstration(PUUPOLKU, PUUPOLKU_NAME, add_puupolku),
    _Demonstration(KIERTOKONE, KIERTOKONE_NAME, add_kiertokone),
    _Demonstration(JARVIRETKI, JARVIRETKI_NAME, add_jarviretki),
)


@transaction.atomic
def load_demonstration() -> Loaded:
    """Adds the demonstration projects that are missing: all of them, or none.

    Does not touch one that exists, even if people have edited it. Raises OtherCityError if one is missing and
    the database belongs to another city.
    """
    found = [(demonstration, demonstration.find()) for demonstration in PROJECTS]
    missing = [demonstration for demonstration, project in found if project is None]
    existing = tuple(project for _demonstration, project in found if project is not None)
    if not missing:
        return Loaded((), existing)
    common = common_rows()
    return Loaded(tuple(demonstration.add(common) for demonstration in missing), existing)


def archive_prints(projects: Iterable[Project], at: datetime) -> int:
    """Archives the minutes of the projects' made decisions, and corrects a slip; returns how many minutes.

    0 if this machine cannot print: then each decision's page says that it has no archived print.
    """
    made = Decision.objects.filter(project__in=list(projects), stage=DecisionStage.DECIDED).order_by("pk")
    number = 0
    with suppress(PdfError):
        for decision in made:
            archive_print(decision, at=at)
            number += 1
        correct_slips(made, at=at)
    return number
