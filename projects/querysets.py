"""Querysets of projects and decisions."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from mikrogrow.values.secret_text import OPEN, public_text
from projects.choices import IN_FORCE, DecisionStage

# More than anybody types, and as much as one query can take.
MAX_WORDS = 20
LONGEST_WORD = 200
LARGEST_SECTION = 32_767

_SECTION = re.compile(r"§\s*(\d{1,6})", re.ASCII)
_SHORT_CASE = re.compile(r"(\d{1,6})/(\d{4})", re.ASCII)


class ProjectQuerySet(models.QuerySet[Any]):
    """Projects and who may see them."""

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """All projects for a user with any role, none for others."""
        return self if user.has_perm("projects.view_project") else self.none()

    def matching(self, words: str) -> "ProjectQuerySet":
        """Projects whose name, spelling, case number, EURA code or party has every word, in any case.

        Finds nothing for what no name can hold: a character that no database stores, or endless words.
        """
        found = self
        wanted = search_words(words)
        if wanted is None:
            return self.none()
        for word in wanted:
            found = found.filter(_has_word(word))
        return found


def search_words(typed: str) -> list[str] | None:
    """The words of a search; None if no name can have them."""
    wanted = list(dict.fromkeys(unicodedata.normalize("NFC", typed).split()))
    return wanted if len(wanted) <= MAX_WORDS and all(map(_can_be_stored, wanted)) else None


def _can_be_stored(word: str) -> bool:
    """False for a NUL, which PostgreSQL refuses, for half a character, and for what is longer than a name."""
    return len(word) <= LONGEST_WORD and not any(
        sign == "\0" or unicodedata.category(sign) == "Cs" for sign in word
    )


def _has_word(word: str) -> Q:
    pattern = any_case(word)
    spellings = apps.get_model("projects", "ProjectSpelling")
    return (
        Q(name__regex=pattern)
        | Q(short_name__regex=pattern)
        | Q(case_number__regex=pattern)
        | Q(eura_code__regex=pattern)
        | Exists(spellings.objects.filter(project=OuterRef("pk"), spelling__regex=pattern))
        | Q(pk__in=with_party(word))
    )


def with_party(word: str) -> models.QuerySet[Any, Any]:
    """Keys of the projects in which an organisation with the word in its name takes part."""
    parties = apps.get_model("projects", "CoImplementer")
    organisations = apps.get_model("projects", "Organisation").objects.filter(name__regex=any_case(word))
    found: models.QuerySet[Any, Any] = parties.objects.filter(organisation__in=organisations)
    return found.order_by().values("project")


def any_case(word: str) -> str:
    """A regular expression that matches the word in any case, on both databases.

    SQLite's LIKE does not know that Ä is a capital ä; PostgreSQL knows it only if the server's locale does.
    """
    return "".join(
        f"[{sign.lower()}{sign.upper()}]"
        if sign.isalpha() and len(sign.lower()) == len(sign.upper()) == 1
        else re.escape(sign)
        for sign in word
    )


def _with_secret() -> dict[int, str]:
    """By their keys, what everybody may read of the decisions in which something is secret."""
    parts = apps.get_model("projects", "DecisionPart")
    decisions = apps.get_model("projects", "Decision")
    texts: dict[int, list[str]] = {}
    for key, text in [
        *parts.objects.filter(decision__in=_keys_with_mark()).values_list("decision", "text"),
        *decisions.objects.filter(pk__in=_keys_with_mark()).values_list("pk", "conditions"),
    ]:
        texts.setdefault(key, []).append(public_text(text))
    return {key: "\n".join(found) for key, found in texts.items()}


def _keys_with_mark() -> models.QuerySet[Any, Any]:
    marked = Q(conditions__contains=OPEN) | Q(parts__text__contains=OPEN)
    found: models.QuerySet[Any, Any] = apps.get_model("projects", "Decision").objects.filter(marked)
    return found.order_by().values("pk")


def _decision_has(word: str, secret: Mapping[int, str]) -> Q:
    if match := _SECTION.fullmatch(word):
        number = int(match[1])
        return Q(section=number) if number <= LARGEST_SECTION else Q(pk__in=[])
    pattern = any_case(word)
    parts = apps.get_model("projects", "DecisionPart")
    has_text = Q(conditions__regex=pattern) | Exists(
        parts.objects.filter(decision=OuterRef("pk"), text__regex=pattern)
    )
    found = (
        Q(title__regex=pattern)
        | Q(case_number__regex=pattern)
        | (has_text & ~Q(pk__in=list(secret)))
        | Q(pk__in=[key for key, text in secret.items() if re.search(pattern, text)])
        | Q(project__in=apps.get_model("projects", "Project").objects.matching(word).values("pk"))
    )
    if match := _SHORT_CASE.fullmatch(word):
        found |= Q(case_number__regex=rf"(^|[^0-9]){match[1]}/([^ ]*/)?{match[2]}$")
    return found


def annexes_with_files() -> models.QuerySet[Any, Any]:
    """In one query, without the bytes."""
    annexes = apps.get_model("projects", "Attachment").objects
    found: models.QuerySet[Any, Any] = annexes.select_related("file").defer("file__content")
    return found


class CoImplementerQuerySet(models.QuerySet[Any]):
    """Organisations in projects."""

    def of_own_city(self) -> "CoImplementerQuerySet":
        """The city's own parts of projects."""
        return self.filter(organisation__is_own_city=True)

    def of_others(self) -> "CoImplementerQuerySet":
        return self.filter(organisation__is_own_city=False)

    def with_names(self) -> "CoImplementerQuerySet":
        """With what their names need, in the order of a choice."""
        return self.select_related("project", "organisation").order_by("project__short_name", "pk")


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions and who may see them."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "DecisionQuerySet":
        """Who may see decisions and projects sees all, others none."""
        may = user.has_perm("projects.view_decision") and user.has_perm("projects.view_project")  # type: ignore[union-attr]
        return self if may else self.none()

    def matching(self, typed: str) -> "DecisionQuerySet":
        """Decisions whose title, text, section, case number or project has every word, in any case.

        "§ 13" is a section, and "4834/2017" is the short spelling of 4834/02.05.02.01/2017.
        """
        found = self
        wanted = search_words(_SECTION.sub(r"§\1", typed))
        if wanted is None:
            return self.none()
        # What is secret is found by nobody: that a search finds something tells it, too.
        secret = _with_secret() if wanted else {}
        for word in wanted:
            found = found.filter(_decision_has(word, secret))
        return found

    def made_by(self, on: date | None) -> "DecisionQuerySet":
        """Made by the day or not made yet, and those whose day is unknown; None is now."""
        if on is None:
            return self
        return self.exclude(stage=DecisionStage.DECIDED, meeting_date__gt=on)

    def that_may_authorise(self) -> "DecisionQuerySet":
        """In force, or not made yet; with their projects."""
        not_made = ~Q(stage=DecisionStage.DECIDED)
        return self.filter(not_made | Q(outcome__in=IN_FORCE)).select_related("project")

    def with_contents(self) -> "DecisionQuerySet":
        """With everything that the page and the minutes show, in a fixed number of queries.

        The bytes of the print are read only when they are asked for.
        """
        return (
            self.select_related("project", "amends", "continues", "appeal", "publication", "printed__made_by")
            .defer("printed__content")
            .prefetch_related("officials", "parts", Prefetch("attachments", annexes_with_files()))
            .prefetch_related("disqualifications", "votes", "dissents")
        )

    def with_print(self) -> "DecisionQuerySet":
        """With the archived print and its bytes, in one query."""
        return self.select_related("printed")


class PrintedCorrectionQuerySet(models.QuerySet[Any]):
    """Prints of corrections and who may see them."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "PrintedCorrectionQuerySet":
        """Those of the decisions that the person sees."""
        decisions = apps.get_model("projects", "Decision").objects.visible_to(user)
        return self.filter(correction__decision__in=decisions.order_by().values("pk"))
