"""The five roles and what each may do. One table here; groups of the same names hold it in the database."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps as installed_apps
from django.apps.registry import Apps

VIEWER = "Katselija"
BUDGET_ADMINISTRATOR = "Budjetin ylläpitäjä"
DECISION_PREPARER = "Päätöksen valmistelija"
INVOICE_APPROVER = "Laskun hyväksyjä"
SYSTEM_ADMINISTRATOR = "Järjestelmän ylläpitäjä"

ROLES = (VIEWER, BUDGET_ADMINISTRATOR, DECISION_PREPARER, INVOICE_APPROVER, SYSTEM_ADMINISTRATOR)

OUR_APPS = ("projects", "financing", "groups")

BUDGET_MODELS = {
    "projects": (
        "organisation",
        "programme",
        "project",
        "projectspelling",
        "projectpoint",
        "milestone",
        "coimplementer",
        "fundingdecision",
    ),
    "financing": (
        "fundingsource",
        "financingplan",
        "financingline",
        "financinglineyear",
        "costallocation",
        "sharedcost",
        "appropriation",
        "commitment",
        "costsharing",
        "costsharingpart",
        "invoice",
        "invoiceapprover",
        "paymentclaim",
        "claimcost",
        "claimsource",
        "setasidecost",
        "forecast",
        "forecastamount",
    ),
    "groups": ("subregion", "municipality", "companygroup"),
}
DECISION_MODELS = {"projects": ("decision", "decisionofficial", "decisionpart", "attachment")}
BUDGET_STEPS = {"approve_financingplan", "check_invoice", "pay_invoice"}
EDIT = ("add", "change", "delete")

Rights = set[tuple[str, str]]


def edit_rights(models: Mapping[str, tuple[str, ...]]) -> Rights:
    """The (app, codename) pairs that allow adding, changing, deleting and viewing rows of `models`."""
    return {
        (app, f"{verb}_{model}")
        for app, names in models.items()
        for model in names
        for verb in (*EDIT, "view")
    }


def view_rights() -> Rights:
    """The rights to see everything that the city keeps of its projects."""
    return {
        (app, f"view_{model._meta.model_name}")
        for app in OUR_APPS
        for model in installed_apps.get_app_config(app).get_models()
        # Records of the history have no rights: whoever sees the rows may see what was done to them.
        if "view" in model._meta.default_permissions
    }


def rights_by_role() -> dict[str, Rights]:
    """What each role may do, as (app, codename) pairs."""
    seeing = view_rights()
    explaining = {("financing", "add_findingexplanation")}
    budget = edit_rights(BUDGET_MODELS) | {("financing", step) for step in BUDGET_STEPS}
    deciding = edit_rights(DECISION_MODELS)
    # Accounts are closed, never deleted: what somebody did stays under their name.
    users = {("auth", f"{verb}_user") for verb in ("add", "change", "view")}
    return {
        VIEWER: seeing,
        BUDGET_ADMINISTRATOR: seeing | budget | explaining,
        DECISION_PREPARER: seeing | deciding | explaining,
        # Who may approve which invoice is decided by the decision that names them.
        INVOICE_APPROVER: seeing | {("financing", "approve_invoice")},
        SYSTEM_ADMINISTRATOR: seeing | budget | deciding | users | explaining,
    }


def grant_role_permissions(apps: Apps = installed_apps, using: str = "default", **kwargs: Any) -> None:
    """Gives each role's group the permissions of the table, as far as they exist yet.

    Runs after each migration of an app, because permissions are made only then, and
    makes a group that is missing (a flushed test database has none).
    """
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for role, rights in rights_by_role().items():
        group, _made = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.set(known[right] for right in rights if right in known)
