"""An explanation of before its finding was worded anew is found by the finding still."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from financing.models import FindingExplanation
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.history import historical
from tests.support.factories import make_project
from tests.support.spending_factories import make_explanation

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("R14", f"Valtuutus Kaupunginhallitus §{NBSP}13", f"Valtuutus, kaupunginhallitus §{NBSP}13"),
        ("R14", f"Valtuutus EU-jaosto §{NBSP}13", f"Valtuutus, EU-jaosto §{NBSP}13"),
        (
            "R14",
            f"Valtuutus Kaupunginhallitus §{NBSP}ei tiedossa",
            "Valtuutus, kaupunginhallitus, pykälä ei tiedossa",
        ),
        ("R14", "Yhteinen kustannus Oulun yliopisto", "Yhteinen kustannus, Oulun yliopisto"),
        ("R14", "Yhteinen kustannus, Oulun yliopisto", "Yhteinen kustannus, Oulun yliopisto"),
        ("R18", f"Kaupunginhallitus §{NBSP}ei tiedossa", "Kaupunginhallitus, pykälä ei tiedossa"),
        ("R18", f"Kaupunginhallitus §{NBSP}13", f"Kaupunginhallitus §{NBSP}13"),
        ("R01", "Valtuutus Kaupunginhallitus", "Valtuutus Kaupunginhallitus"),
        ("R14", "", ""),
    ],
)
def test_the_key_of_an_explanation_follows_the_words_of_its_finding(code, before, after):
    drop_triggers()
    row = make_explanation(make_project(), code, detail=before)

    import_module("financing.migrations.0028_keys_of_explanations").rename(
        apps, SimpleNamespace(connection=connection)
    )
    make_triggers()

    assert FindingExplanation.objects.get(pk=row.pk).detail == after
    assert historical(FindingExplanation).objects.get(id=row.pk).detail == after
