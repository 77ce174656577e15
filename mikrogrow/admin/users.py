"""The admin pages of users and of roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.admin.base import BaseAdmin, column
from mikrogrow.models import Role
from mikrogrow.roles import ROLES, single_rights
from mikrogrow.templatetags.admin_values import yes_or_no
from mikrogrow.web.account_forms import AccountPasswordForm

admin.site.unregister(Group)
admin.site.unregister(User)

# In the order in which roles.py names them, then the city's own.
OURS_FIRST: list[str | Combinable] = [
    models.Case(
        *(models.When(name=role, then=place) for place, role in enumerate(ROLES)), default=len(ROLES)
    ),
    "pk",
]


@admin.register(User)
class PersonAdmin(BaseAdmin, UserAdmin):
    """Accounts and their roles. Roles are the only source of rights, so nobody can raise their own."""

    position = 170
    list_display = [
        "username",
        "first_name",
        "last_name",
        "roles",
        column("is_staff", gettext_lazy("ylläpito"), yes_or_no),
        column("is_active", gettext_lazy("voimassa"), yes_or_no),
        "last_login",
    ]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    change_password_form = AccountPasswordForm
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (gettext_lazy("Henkilö"), {"fields": ["first_name", "last_name", "email"]}),
        (gettext_lazy("Rooli"), {"fields": ["is_active", "is_staff", "groups"]}),
        (gettext_lazy("Päivät"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=gettext_lazy("roolit"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or _("ei roolia")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Who may set a superuser's password could log in as one.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Accounts are closed instead, so that they still name who did what.
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            editing = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            of_user = Q(user=editing) if editing and editing.isdigit() else Q(pk__in=[])
            own = Q(pk__in=_roles_of_city().values("pk"))
            field.queryset = (
                Group.objects.filter(Q(name__in=ROLES) | own | of_user).distinct().order_by(*OURS_FIRST)
            )
            field.widget = forms.CheckboxSelectMultiple()
            field.widget.choices = field.choices
            field.label = _("Roolit")
            field.help_text = _(
                "Mitä kukin saa nähdä ja tehdä. Muu kuin katselija tarvitsee myös pääsyn ylläpitoon."
            )
        return field


def _single_rights() -> models.QuerySet[Permission]:
    wanted = Q()
    for app, codename in single_rights():
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted).order_by("name")


def _roles_of_city() -> models.QuerySet[Any]:
    """Those that give single rights and no other ones, which a script could have given them."""
    singles = _single_rights().values("pk")
    others = Permission.objects.exclude(pk__in=singles).values("pk")
    return Role.objects.filter(permissions__in=singles).exclude(permissions__in=others).distinct()


class RightsField(forms.ModelMultipleChoiceField):
    """Rights by their own names: Django would add those of app and model."""

    def label_from_instance(self, obj: Permission) -> str:
        return capfirst(obj.name)


@admin.register(Role)
class RoleAdmin(BaseAdmin):
    """Roles of the city's own, which give single rights on top of the six roles. Those do not change."""

    position = 180
    fields = ["name", "permissions"]
    list_display = ["name", "rights"]
    ordering = OURS_FIRST
    frozen_message = gettext_lazy(
        "Tämän roolin oikeudet kuuluvat ohjelmaan, eikä niitä muuteta. Yksittäisiä oikeuksia annetaan omalla "
        "roolilla, joka lisätään henkilölle tämän rinnalle."
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        singles = models.Prefetch("permissions", _single_rights(), "single_rights")
        return super().get_queryset(request).prefetch_related(singles)

    def is_frozen(self, obj: Role) -> bool:
        # Saving one with other rights would take them away.
        return obj.name in ROLES or obj.permissions.exclude(pk__in=_single_rights().values("pk")).exists()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_change = obj is None or self.has_change_permission(request, obj)
        return self.fields if may_change else ["name", "rights"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["rights"]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs |= {
            "form_class": RightsField,
            "queryset": _single_rights(),
            "widget": forms.CheckboxSelectMultiple(),
            "required": True,
            "label": _("Oikeudet"),
            "help_text": _("Nämä henkilö saa sen lisäksi, mitä hänen muut roolinsa antavat."),
        }
        return db_field.formfield(**kwargs)

    @admin.display(description=gettext_lazy("yksittäiset oikeudet"))
    def rights(self, role: Any) -> str:
        names = ", ".join(permission.name for permission in role.single_rights)
        return names or _("ei yksittäisiä oikeuksia")
