"""The admin site in our words and order, and what all our admin pages share."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# People first look for projects, then money, then the lists that rarely change.
MODEL_ORDER = [
    "Project",
    "Decision",
    "FinancingPlan",
    "SharedCost",
    "Commitment",
    "CompanyGroup",
    "FundingDecision",
    "FundingSource",
    "Appropriation",
    "Organisation",
    "Programme",
    "SubRegion",
    "Municipality",
]


class MikrogrowAdminSite(admin.AdminSite):
    """Django's admin with Finnish titles; logging in happens on the same page as everywhere else."""

    site_header = _("Ylläpito")  # type: ignore[assignment]
    site_title = "Mikrogrow"
    index_title = _("Mitä haluat muokata?")  # type: ignore[assignment]
    site_url = "/"
    empty_value_display = _("ei tiedossa")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Our models in the order of work instead of the alphabet."""
        order = {name: position for position, name in enumerate(MODEL_ORDER)}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: order.get(model["object_name"], len(order)))
        return sorted(
            apps, key=lambda app: min(order.get(m["object_name"], len(order)) for m in app["models"])
        )


class BaseAdmin(admin.ModelAdmin):
    """What every admin page here shares: no bulk deletion, no links that scripts alone can follow."""

    actions = None
    list_per_page = 50
    save_on_top = False
    view_on_site = False
