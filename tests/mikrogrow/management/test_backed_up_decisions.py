"""What is kept of made decisions comes back from a backup byte for byte; what was damaged in it is named."""

import shutil

import pytest
from django.core.management import call_command
from django.db import connection

from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.models import AnnexFile, InternalCorrection, InternalPrint, PrintedCorrection, PrintedDecision
from tests.support.factories import make_user
from tests.support.made_decisions import make_full_made_decision
from tests.support.places import places

KEPT = (PrintedDecision, InternalPrint, PrintedCorrection, InternalCorrection, AnnexFile)
# The hash of each kept row's bytes as they are now, and of what each address hands out.
READ_KEPT = """
import json
from hashlib import sha256
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
digest = lambda content: sha256(bytes(content)).hexdigest()
models = ("PrintedDecision", "InternalPrint", "PrintedCorrection", "InternalCorrection", "AnnexFile")
found = {
    f"{name} {row.pk}": [digest(row.content), row.sha256]
    for name in models
    for row in apps.get_model("projects", name)._base_manager.order_by("pk")
}
client = Client()
client.force_login(User.objects.get(username="yllapito"))
for address in sys.argv[1:]:
    answer = client.get(address)
    found[address] = [answer.status_code, digest(answer.getvalue())]
print(json.dumps(found))
"""
DAMAGE = """
from django.db import connection
from mikrogrow.database.frozen import drop_triggers, make_triggers
drop_triggers()
with connection.cursor() as cursor:
    for table in sys.argv[1:]:
        cursor.execute(f"UPDATE {table} SET content = %s", [b"%PDF-1.7 muu"])
make_triggers()
print("0")
"""


@pytest.fixture
def installed(transactional_db, tmp_path):
    """A place with a made decision of which everything is kept, one that is empty, and the decision."""
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not installed")
    make_user(SYSTEM_ADMINISTRATOR, username="yllapito")
    decision = make_full_made_decision()
    call_command("refresh", verbosity=0)
    with places(tmp_path) as (here, elsewhere):
        yield here, elsewhere, decision


def addresses_of(decision):
    start = f"/decisions/{decision.pk}"
    yield from (f"{start}/decision.pdf", f"{start}/decision-internal.pdf")
    for model in (PrintedCorrection, InternalCorrection):
        yield from (row.document_address for row in model.objects.all())
    yield from (f"/annexes/{file.attachment_id}/file/" for file in AnnexFile.objects.all())


def test_every_kept_byte_comes_back_from_a_backup(installed, tmp_path):
    here, elsewhere, decision = installed
    addresses = list(addresses_of(decision))
    before = here.asked(READ_KEPT, *addresses)
    assert {status for status, _digest in map(before.get, addresses)} == {200}
    assert [name for name, (found, kept) in before.items() if " " in name and found != kept] == []
    assert {name.partition(" ")[0] for name in before} >= {model.__name__ for model in KEPT}

    assert here.manage("backup", tmp_path / "kopio").returncode == 0
    restored = elsewhere.manage("restore", tmp_path / "kopio")

    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.endswith("\nPoikkeamia ei löytynyt.\n")
    assert elsewhere.asked(READ_KEPT, *addresses) == before
    assert elsewhere.manage("verify").returncode == 0


def test_what_was_damaged_before_it_was_backed_up_is_named_as_it_is_restored(installed, tmp_path):
    here, elsewhere, decision = installed
    here.asked(DAMAGE, *(model._meta.db_table for model in KEPT))

    assert here.manage("backup", tmp_path / "kopio").returncode == 0
    restored = elsewhere.manage("restore", tmp_path / "kopio")

    assert (restored.returncode, restored.stderr) == (1, "")
    _kinds, _empty, found = restored.stdout.partition("\n\n")
    name = f"{decision.project.short_name}, päätös {decision.pk}"
    named = [line for line in found.splitlines() if name in line]
    annexes = [file.attachment for file in AnnexFile.objects.filter(attachment__decision=decision)]
    assert sorted(named) == sorted(
        [
            *[f"Säilytetyt tulosteet: {name}: säilytetty tuloste on muuttunut"] * 4,
            *(f"Liitteiden tiedostot: {name}, {annex}: tiedosto on muuttunut" for annex in annexes),
        ]
    )
    assert {line.partition(":")[0] for line in found.splitlines()} == {
        "Säilytetyt tulosteet",
        "Liitteiden tiedostot",
    }
