"""Who has opened which file that is not public: shown to those who look after accounts, changed by nobody."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.admin.base import BaseAdmin
from mikrogrow.models import FileOpening
from mikrogrow.values.dates import format_moment


@admin.register(FileOpening)
class FileOpeningAdmin(BaseAdmin):
    position = 900
    list_display = ["shown_at", "shown_user", "shown_row"]
    list_display_links = None
    list_filter = ["model"]
    list_per_page = 50
    ordering = ["-at", "-pk"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("auth.view_user"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")

    @admin.display(description=gettext_lazy("milloin"), ordering="at")
    def shown_at(self, opening: FileOpening) -> str:
        return format_moment(opening.at)

    @admin.display(description=gettext_lazy("kuka"), ordering="user")
    def shown_user(self, opening: FileOpening) -> str:
        return opening.user.get_full_name() or opening.user.get_username()

    @admin.display(description=gettext_lazy("mitä"))
    def shown_row(self, opening: FileOpening) -> str:
        """The row may have been deleted since."""
        model = apps.get_model(opening.model)
        kind = capfirst(str(model._meta.verbose_name))
        row = model._base_manager.filter(pk=opening.row).first()
        return (
            f"{kind}: {row}" if row else _("%(kind)s %(key)s, poistettu") % {"kind": kind, "key": opening.row}
        )
