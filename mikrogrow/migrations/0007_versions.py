# The triggers that renewed the marks go with the first migration of the run (mikrogrow/apps.py).

from secrets import randbits

from django.db import migrations, models


def give_versions(apps, schema_editor):
    version, changed = apps.get_model("mikrogrow", "Version"), apps.get_model("mikrogrow", "ChangedProject")
    keys = list(apps.get_model("projects", "Project").objects.values_list("pk", flat=True))
    version.objects.bulk_create(version(project=key, number=randbits(62)) for key in keys)
    # Nothing is kept of them yet.
    changed.objects.bulk_create(changed(project=key) for key in keys)


class Migration(migrations.Migration):
    dependencies = [
        ("mikrogrow", "0006_fill_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangedProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("project", models.BigIntegerField(verbose_name="hanke")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nimi")),
            ],
            options={
                "verbose_name": "muuttunut hanke",
                "verbose_name_plural": "muuttuneet hankkeet",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("project", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="hanke")),
                ("number", models.BigIntegerField(verbose_name="luku")),
            ],
            options={
                "verbose_name": "muutosversio",
                "verbose_name_plural": "muutosversiot",
                "default_permissions": (),
            },
        ),
        migrations.DeleteModel(
            name="Mark",
        ),
        migrations.AddField(
            model_name="change",
            name="version",
            field=models.BigIntegerField(default=0, verbose_name="versio"),
        ),
        migrations.RunPython(give_versions, migrations.RunPython.noop),
    ]
