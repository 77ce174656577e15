"""The six roles and what each may do; groups of the same names hold it in the database. A city adds its own.

Which role edits a model, the model says itself (mikrogrow/belonging.py).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models import Model

from mikrogrow.database.frozen import AppendOnly

VIEWER = "Katselija"
BUDGET_ADMINISTRATOR = "Budjetin ylläpitäjä"
DECISION_PREPARER = "Päätöksen valmistelija"
INVOICE_APPROVER = "Laskujen hyväksyjä"
FACILITATOR = "Ryhmän vetäjä"
SYSTEM_ADMINISTRATOR = "Järjestelmän ylläpitäjä"

ROLES = (
    VIEWER,
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    FACILITATOR,
    SYSTEM_ADMINISTRATOR,
)

OUR_APPS = ("projects", "financing", "groups")

# What the decision will authorise is part of its draft.
CAPS = {("financing", f"{verb}_commitment") for verb in ("add", "change", "delete")}
BUDGET_STEPS = {"approve_financingplan", "check_invoice", "pay_invoice"}

Rights = set[tuple[str, str]]


def edit_rights(role: str) -> Rights:
    """(app, codename) pairs."""
    return {
        (model._meta.app_label, f"{verb}_{model._meta.model_name}")
        for model in _our_models()
        if _editor(model) == role
        for verb in model._meta.default_permissions
    }


def _editor(model: type[Model]) -> str | None:
    if isinstance(getattr(model, "frozen", None), AppendOnly):
        return None
    return getattr(model, "edited_by", BUDGET_ADMINISTRATOR)


def _our_models() -> Iterator[type[Model]]:
    return (model for app in OUR_APPS for model in installed_apps.get_app_config(app).get_models())


def single_rights() -> Rights:
    """Those that have names of their own: a city may give them in a role of its own."""
    return {
        (model._meta.app_label, codename)
        for model in _our_models()
        for codename, _name in model._meta.permissions
    }


def view_rights() -> Rights:
    return {
        (model._meta.app_label, f"view_{model._meta.model_name}")
        for model in _our_models()
        # No rights for history records: who sees a row may see its history.
        if "view" in model._meta.default_permissions
    }


def rights_by_role() -> dict[str, Rights]:
    seeing = view_rights()
    explaining = {("financing", "add_findingexplanation")}
    budget = edit_rights(BUDGET_ADMINISTRATOR) | {("financing", step) for step in BUDGET_STEPS}
    # Who writes decisions writes what is secret in them, too.
    deciding = edit_rights(DECISION_PREPARER) | CAPS | {("projects", "see_secret")}
    # Who handles invoices looks at them. Others see that there is a file: it may be a payroll.
    opening = {("financing", "open_file")}
    # No "delete": a closed account still names who did what.
    users = {("auth", f"{verb}_user") for verb in ("add", "change", "view")}
    roles = {("mikrogrow", f"{verb}_role") for verb in ("add", "change", "delete", "view")}
    return {
        VIEWER: seeing,
        BUDGET_ADMINISTRATOR: seeing | budget | explaining | opening,
        DECISION_PREPARER: seeing | deciding | explaining,
        # Which invoices they may approve depends on the decision that names them.
        INVOICE_APPROVER: seeing | {("financing", "approve_invoice")} | opening,
        # Which groups they run, the groups say.
        FACILITATOR: seeing | {("groups", "run_companygroup")},
        SYSTEM_ADMINISTRATOR: seeing | budget | deciding | users | roles | explaining | opening,
    }


def grant_role_permissions(apps: Apps = installed_apps, using: str = "default", **kwargs: Any) -> None:
    """Runs after each app's migrations, because permissions are made only then. Adds missing groups too."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for role, rights in rights_by_role().items():
        group, _made = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.set(known[right] for right in rights if right in known)
