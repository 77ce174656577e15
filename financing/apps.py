"""Configuration of the financing app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FinancingConfig(AppConfig):
    name = "financing"
    verbose_name = _("Rahoitus")

    def ready(self) -> None:
        from financing.guards import GUARDS
        from financing.queries.summaries import outdate_after_migration
        from mikrogrow.database.frozen import guard

        guard(self, guards=GUARDS)
        post_migrate.connect(outdate_after_migration, sender=self, dispatch_uid="financing.summaries")
