"""Editing company groups with their members."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Company, CompanyGroup, Membership
from mikrogrow.admin.base import BaseAdmin, ChildTable


class MembershipInline(ChildTable):
    model = Membership
    by_name = ["company"]
    fields = ["company", "joined_on", "left_on", "leaving_reason", "is_core", "is_waiting"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offers names of the group's own area: a page cannot carry those of all companies."""
        near = Q(municipality__isnull=True)
        if obj is not None:
            near |= Q(municipality__sub_region=obj.sub_region_id) | Q(
                memberships__group__project=obj.project_id
            )
        self.named = Company.objects.filter(near).distinct()
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("company", "group")


@admin.register(CompanyGroup)
class CompanyGroupAdmin(BaseAdmin):
    position = 120
    list_display = ["name", "project", "sub_region", "target_companies"]
    list_filter = ["project", "sub_region"]
    list_select_related = ["project", "sub_region"]
    search_fields = ["name", "project__short_name", "sub_region__name"]
    search_help_text = gettext_lazy("Hae ryhmän, hankkeen tai seutukunnan nimellä.")
    fields = ["project", "sub_region", "name", "target_companies", "facilitator"]
    inlines = [MembershipInline]

    def page_links(self, obj: CompanyGroup) -> Iterable[tuple[str, str]]:
        new = {"meeting": _("Lisää kokoontuminen"), "experiment": _("Lisää kokeilu")}
        return [
            *super().page_links(obj),
            *(
                (f"{reverse(f'admin:groups_{kind}_add')}?group={obj.pk}", words)
                for kind, words in new.items()
            ),
        ]
