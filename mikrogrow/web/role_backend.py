"""Who an account is, and what it may: roles are the only source of rights."""

from sys import intern
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class RoleBackend(ModelBackend):
    """Checks passwords as Django does. A right given to an account by itself counts for nothing.

    One query instead of two for each request, and names that all requests share.
    """

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            rights = Permission.objects.order_by().values_list("content_type__app_label", "codename")
            if not user_obj.is_superuser:
                rights = rights.filter(group__user=user_obj)
            user_obj._perm_cache = {intern(f"{app}.{codename}") for app, codename in rights}
        found: set[str] = user_obj._perm_cache
        return found
