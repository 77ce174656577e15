"""An entry of the glossary, and the subject under which it is found."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Term:
    """`key` is its place on the page: links from elsewhere rest on it, so it stays if the name changes."""

    key: str
    name: Promise
    meaning: Promise


@dataclass(frozen=True)
class Subject:
    """`terms` are in the order of the Finnish alphabet."""

    key: str
    name: Promise
    terms: tuple[Term, ...]
