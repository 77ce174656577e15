"""What is computed of many projects at once, although one of them may fail."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.db import DatabaseError

from projects.models import Project

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
Compute = Callable[[Sequence[Project]], Mapping[int, Value]]


def computed(projects: Sequence[Project], compute: Compute[Value]) -> tuple[dict[int, Value], dict[int, str]]:
    """What `compute` gives by project, and by project the kind of fault that stopped it."""
    try:
        return dict(compute(projects)), {}
    except DatabaseError:
        # No fault of a project: the database is away or busy, and a transaction is broken.
        raise
    except Exception as error:
        if len(projects) == 1:
            logger.exception("The figures of project %s cannot be computed.", projects[0].slug)
            return {}, {projects[0].pk: type(error).__name__}
    half = len(projects) // 2
    first, second = (computed(part, compute) for part in (projects[:half], projects[half:]))
    return first[0] | second[0], first[1] | second[1]
