"""Adds copies of the demonstration's first project: python -m tests.support.served_rows NUMBER."""

import sys

import django


def main(number: int) -> None:
    django.setup()

    from financing.queries.summaries import update_summaries
    from projects.models import Project
    from tests.support.many_projects import add_copies

    add_copies(Project.objects.get(slug="mikrogrow"), number)
    update_summaries()


if __name__ == "__main__":
    main(int(sys.argv[1]))
