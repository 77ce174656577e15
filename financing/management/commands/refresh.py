"""Computes anew what is kept of each project, after rows were changed by SQL."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.models import ProjectSummary
from financing.queries.summaries import outdate_all, update_summaries


class Command(BaseCommand):
    help = _(
        "Laskee uudelleen kaiken, mitä hankkeista on laskettu. "
        "Suorita tämä, kun tietokannan rivejä on muutettu SQL:llä."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outdate_all()
        update_summaries()
        projects = ProjectSummary.objects.count()
        words = ngettext("Laskettu uudelleen: %s hanke.", "Laskettu uudelleen: %s hanketta.", projects)
        self.stdout.write(words % projects)
