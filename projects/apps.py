"""Configuration of the projects app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Hankkeet")

    def ready(self) -> None:
        from mikrogrow.database.frozen import guard

        guard(self)
