"""The steps of an experiment in a long list."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from groups.choices import ExperimentStep
from groups.reports.groups import step_marks

register = template.Library()


@register.filter
def steps(reached: frozenset[ExperimentStep]) -> SafeString:
    return _steps(reached, get_language())


@cache
def _steps(reached: frozenset[ExperimentStep], language: str | None) -> SafeString:
    # Rendered once for each of sixteen sets: for each row it took half of a list's time.
    return render_to_string("components/experiment_steps.html", {"steps": step_marks(reached)})
