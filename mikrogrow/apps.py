"""Configuration of the project's own basics and of the admin site."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MikrogrowConfig(AppConfig):
    name = "mikrogrow"
    # Of what is in the admin: roles.
    verbose_name = _("Oikeudet")

    def ready(self) -> None:
        from mikrogrow.admin import file_openings, users  # noqa: F401  registers their pages
        from mikrogrow.database import changes  # noqa: F401  logs each change
        from mikrogrow.database.frozen import AppendOnly, FrozenTable, guard
        from mikrogrow.database.triggers import RETIRED
        from mikrogrow.history import FROZEN_MESSAGE, frozen_records
        from mikrogrow.models import Change, FileOpening
        from mikrogrow.open_texts import guard_texts
        from mikrogrow.roles import grant_role_permissions

        # Our last app with models: after it Django has made every permission.
        post_migrate.connect(grant_role_permissions, sender=self, dispatch_uid="mikrogrow.roles")
        RETIRED.follow_migrations(self)
        guard_texts(apps.get_models())
        # The admin's log too: Django changes it only when an account or a model is deleted.
        only_grow = AppendOnly(FROZEN_MESSAGE)
        logs = ("django_admin_log", Change._meta.db_table, FileOpening._meta.db_table)
        guard(self, [*frozen_records(), *(FrozenTable(table, only_grow) for table in logs)])


class MikrogrowAdminConfig(AdminConfig):
    default_site = "mikrogrow.admin.site.MikrogrowAdminSite"
