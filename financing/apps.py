"""Configuration of the financing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinancingConfig(AppConfig):
    name = "financing"
    verbose_name = _("Rahoitus")

    def ready(self) -> None:
        from mikrogrow.database.frozen import guard

        guard(self)
