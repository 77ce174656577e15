"""Fills the log of changes from the histories that were kept before there was one."""

from django.db import migrations

# To whom the rows of each model belonged: (column, model), outermost models first.
OWNERS = {
    "projects.project": (),
    "projects.projectspelling": (("project_id", "projects.project"),),
    "projects.projectpoint": (("project_id", "projects.project"),),
    "projects.milestone": (("project_id", "projects.project"),),
    "projects.coimplementer": (("project_id", "projects.project"),),
    "projects.fundingdecision": (("project_id", "projects.project"),),
    "projects.decision": (("project_id", "projects.project"),),
    "projects.decisionofficial": (("decision_id", "projects.decision"),),
    "projects.decisionpart": (("decision_id", "projects.decision"),),
    "projects.attachment": (("decision_id", "projects.decision"),),
    "projects.organisation": (),
    "projects.programme": (),
    "financing.fundingsource": (),
    "financing.appropriation": (),
    "financing.financingplan": (
        ("whole_project_id", "projects.project"),
        ("co_implementer_id", "projects.coimplementer"),
    ),
    "financing.financingline": (("plan_id", "financing.financingplan"),),
    "financing.financinglineyear": (("line_id", "financing.financingline"),),
    "financing.costallocation": (("plan_id", "financing.financingplan"),),
    "financing.costsharing": (("invoiced_by_id", "projects.coimplementer"),),
    "financing.costsharingpart": (("sharing_id", "financing.costsharing"),),
    "financing.sharedcost": (("payer_id", "projects.coimplementer"),),
    "financing.commitment": (("decision_id", "projects.decision"),),
    "financing.decisionplan": (("decision_id", "projects.decision"),),
    "financing.invoiceapprover": (("decision_id", "projects.decision"),),
    "financing.invoice": (("payer_id", "projects.coimplementer"),),
    "financing.paymentclaim": (("co_implementer_id", "projects.coimplementer"),),
    "financing.claimcost": (("claim_id", "financing.paymentclaim"),),
    "financing.claimsource": (("claim_id", "financing.paymentclaim"),),
    "financing.setasidecost": (("claim_id", "financing.paymentclaim"),),
    "financing.forecast": (("co_implementer_id", "projects.coimplementer"),),
    "financing.forecastamount": (("forecast_id", "financing.forecast"),),
    "financing.findingexplanation": (("project_id", "projects.project"),),
    "groups.subregion": (),
    "groups.municipality": (),
    "groups.companygroup": (("project_id", "projects.project"),),
}
ROWS_AT_ONCE = 2000


def fill(apps, schema_editor):
    change = apps.get_model("mikrogrow", "Change")
    # The project of each row, as it was last.
    projects = {}
    entries = []
    for label, owners in OWNERS.items():
        app, name = label.split(".")
        records = apps.get_model(app, f"historical{name}").objects.order_by("history_id")
        columns = [column for column, _owner in owners]
        found = projects.setdefault(label, {})
        for key, row, kind, user, at, *values in records.values_list(
            "history_id", "id", "history_type", "history_user_id", "history_date", *columns
        ).iterator():
            project = row if label == "projects.project" else None
            for (_column, owner), value in zip(owners, values, strict=True):
                if value is not None:
                    project = value if owner == "projects.project" else projects[owner].get(value)
            found[row] = project
            entries.append(
                change(project=project, model=label, row=row, record=key, kind=kind, user_id=user, at=at)
            )
    # In the order in which they happened, as those that follow.
    entries.sort(key=lambda entry: entry.at)
    change.objects.bulk_create(entries, batch_size=ROWS_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("mikrogrow", "0005_changes"),
        ("projects", "0004_printed_decisions"),
        ("financing", "0004_decision_plans"),
        ("groups", "0002_history"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
