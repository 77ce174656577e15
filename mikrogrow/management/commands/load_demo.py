"""manage.py load_demo: adds the demonstration projects that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.demonstration import OtherCityError, archive_prints, load_demonstration


class Command(BaseCommand):
    help = _("Lisää esimerkkihankkeet, jotka puuttuvat. Olemassa olevia hankkeita ei muuteta.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demonstration()
        except OtherCityError as other:
            raise CommandError(
                _(
                    "Tietokanta kuuluu toiselle kaupungille (%(name)s). "
                    "Esimerkkiaineisto on Kuopion kaupungin, joten mitään ei lisätty."
                )
                % {"name": other.name}
            ) from other
        archive_prints(loaded.added, at=timezone.now())
        for project in loaded.added:
            self.stdout.write(
                _("Lisättiin esimerkkihanke %(name)s.") % {"name": f"{project.name} ({project.slug})"}
            )
        for project in loaded.existing:
            self.stdout.write(
                _("Oli jo, ei muutettu: %(name)s.") % {"name": f"{project.name} ({project.slug})"}
            )
        if not loaded.added:
            self.stdout.write(_("Esimerkkiaineisto on jo tietokannassa. Mitään ei lisätty."))
