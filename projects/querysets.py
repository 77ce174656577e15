"""Querysets of projects and decisions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from mikrogrow.database.triggers import is_postgresql
from mikrogrow.values.secret_text import OPEN, public_text
from projects.choices import IN_FORCE, DecisionStage

# More than anybody types, and as much as one query can take.
MAX_WORDS = 20
LONGEST_WORD = 200
LARGEST_SECTION = 32_767

# What of a decision's own is searched, beside the parts of its text: these begin with a digit.
_SEARCHED = r"^([0-9].*|title|conditions|case_number|vote_base|vote_counter|dissent_text)$"
_SECTION = re.compile(r"§\s*(\d{1,6})", re.ASCII)
_SECTION_LAST = re.compile(r"(?<![\w/.])(\d{1,6})\s*§(?!\s*\d)", re.ASCII)
# What an amount is typed with, and texts leave out: 59 953,00 €.
_CENTS = re.compile(r"(?<=\d),00(?!\d)|(?<=\d)\s*€|(?<!\S)€(?!\S)")
# 59953, 59.953
_AMOUNT = re.compile(r"\d{1,3}(?:\.?\d{3})+", re.ASCII)
_BETWEEN_THOUSANDS = "[. \u00a0\u202f]?"
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


def _any_spelling(word: str) -> str:
    """Of an amount with and without signs between its thousands: 59953 finds 59 953 and 59.953."""
    if not _AMOUNT.fullmatch(word):
        return any_case(word)
    return _BETWEEN_THOUSANDS.join(_thousands(word))


def _thousands(amount: str) -> list[str]:
    return re.findall(r"\d{1,3}(?=(?:\d{3})*\Z)", amount.replace(".", ""))


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


# The texts of a decision in which passages can be marked as secret: by model, the column of the decision's
# key and those of the texts.
_TEXTS = {
    "Decision": ("pk", ("conditions",)),
    "DecisionPart": ("decision", ("text",)),
    "Vote": ("decision", ("base_proposal", "counter_proposal")),
    "Dissent": ("decision", ("text",)),
}


def _texts_of_decisions() -> Iterator[tuple[models.QuerySet[Any, Any], str, str]]:
    for name, (key, columns) in _TEXTS.items():
        yield from ((apps.get_model("projects", name).objects.order_by(), key, column) for column in columns)


def _marked_texts() -> dict[int, str]:
    """By the keys of their decisions, what everybody may read of texts with a mark, which are few."""
    marked = [
        rows.filter(**{f"{column}__contains": OPEN}).values_list(key, column)
        for rows, key, column in _texts_of_decisions()
    ]
    found: dict[int, list[str]] = {}
    for decision, text in marked[0].union(*marked[1:], all=True):
        found.setdefault(decision, []).append(public_text(text))
    return {decision: "\n".join(texts) for decision, texts in found.items()}


def _unmarked_text_has(word: str) -> Q:
    found = Q()
    for rows, key, column in _texts_of_decisions():
        is_marked = Q(**{f"{column}__contains": OPEN})
        has = _may_have(word, column) & Q(**{f"{column}__regex": _any_spelling(word)}) & ~is_marked
        found |= has if key == "pk" else Q(Exists(rows.filter(has, **{key: OuterRef("pk")})))
    return found


def _may_have(word: str, column: str) -> Q:
    """Leaves few texts to the regular expression, which SQLite asks of Python; its LIKE knows only ASCII."""
    if is_postgresql(connection):
        return Q()
    parts = _thousands(word) if _AMOUNT.fullmatch(word) else re.findall(r"[!-~]+", word)
    longest = max(parts, key=len, default="")
    return Q(**{f"{column}__icontains": longest}) if longest else Q()


def _decision_has(word: str, marked: Mapping[int, str]) -> Q:
    if match := _SECTION.fullmatch(word):
        number = int(match[1])
        if number > LARGEST_SECTION:
            return Q(pk__in=[])
        return Q(section=number) | Q(pk__in=_corrected_keys(new_section=number))
    pattern = _any_spelling(word)
    found = (
        Q(title__regex=pattern)
        | Q(body__regex=pattern)
        | Q(case_number__regex=pattern)
        | _unmarked_text_has(word)
        | Q(pk__in=[key for key, text in marked.items() if re.search(pattern, text)])
        | Q(project__in=apps.get_model("projects", "Project").objects.matching(word).values("pk"))
        # What was corrected is no secret.
        | Q(pk__in=_corrected_keys(new_words__regex=pattern, part__regex=_SEARCHED))
    )
    if match := _SHORT_CASE.fullmatch(word):
        case = rf"(^|[^0-9]){match[1]}/([^ ]*/)?{match[2]}$"
        found |= Q(case_number__regex=case)
        found |= Q(pk__in=_corrected_keys(part="case_number", new_words__regex=case))
    return found


def _corrected_keys(**wanted: Any) -> models.QuerySet[Any, Any]:
    """Keys of decisions with such a correction."""
    corrections = apps.get_model("projects", "DecisionCorrection").objects
    found: models.QuerySet[Any, Any] = corrections.filter(**wanted).order_by().values("decision")
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
        """Decisions whose title, texts, body, section, case number or project has every word, in any case.

        "§ 13" and "13 §" are a section, and "4834/2017" is the short spelling of 4834/02.05.02.01/2017.
        """
        found = self
        typed = _CENTS.sub("", typed)
        wanted = search_words(_SECTION_LAST.sub(r"§\1", _SECTION.sub(r"§\1", typed)))
        if wanted is None:
            return self.none()
        # What is secret is found by nobody: that a search finds something tells it, too.
        marked = _marked_texts() if wanted else {}
        for word in wanted:
            found = found.filter(_decision_has(word, marked))
        return found

    def with_corrected_key(self) -> "DecisionQuerySet":
        """With `day_now` and `section_now`, to filter and sort by: as decided, or as corrected since."""
        corrections = apps.get_model("projects", "DecisionCorrection").objects
        of_key = corrections.filter(decision=OuterRef("pk"), new_section__isnull=False).order_by("-number")
        return self.alias(
            day_now=Coalesce(Subquery(of_key.values("new_meeting_date")[:1]), F("meeting_date")),
            section_now=Coalesce(Subquery(of_key.values("new_section")[:1]), F("section")),
        )

    def of_day(self, day: date) -> "DecisionQuerySet":
        """Of a meeting on the day, as decided or as corrected."""
        return self.filter(Q(meeting_date=day) | Q(pk__in=_corrected_keys(new_meeting_date=day)))

    def of_year(self, year: int) -> "DecisionQuerySet":
        """Of a meeting in the year, as decided or as corrected."""
        return self.filter(
            Q(meeting_date__year=year) | Q(pk__in=_corrected_keys(new_meeting_date__year=year))
        )

    def made_by(self, on: date | None) -> "DecisionQuerySet":
        """Made by the day or not made yet, and those whose day is unknown; None is now."""
        if on is None:
            return self
        made = Q(day_now__isnull=True) | Q(day_now__lte=on)
        return self.with_corrected_key().filter(made | ~Q(stage=DecisionStage.DECIDED))

    def in_force(self) -> "DecisionQuerySet":
        """Made, and not only returned, tabled or rejected: what can be amended."""
        return self.filter(stage=DecisionStage.DECIDED, outcome__in=IN_FORCE)

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
            .prefetch_related("amends__corrections", "continues__corrections")
        )

    def with_print(self) -> "DecisionQuerySet":
        """With the archived print and its bytes, in one query."""
        return self.select_related("printed")


class CorrectionPrintQuerySet(models.QuerySet[Any]):
    """Prints of corrections and who may see them."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "CorrectionPrintQuerySet":
        """Those of the decisions that the person sees."""
        decisions = apps.get_model("projects", "Decision").objects.visible_to(user)
        return self.filter(correction__decision__in=decisions.order_by().values("pk"))
