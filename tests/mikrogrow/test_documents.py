"""Every document that can be printed: its address and its command give the same bytes."""

from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from mikrogrow.documents import DOCUMENTS
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.appeal_factories import make_appeal
from tests.support.correction_factories import make_correction, print_of_correction
from tests.support.decision_rows import make_meeting_of
from tests.support.factories import decide, make_draft_decision, make_group, make_project, make_user
from tests.support.group_factories import make_company, make_meeting

pytestmark = pytest.mark.django_db


def kept_correction(project):
    row = make_correction(decide(make_draft_decision(project)))
    printed = print_of_correction(row, sha256=sha256(b"%PDF").hexdigest())
    printed.save()
    return printed


def printable(name):
    """A key of a row that the document can be printed of."""
    project = make_project(slug="hanke")
    group = make_group(project)
    appealed = make_draft_decision(project)
    make_appeal(appealed)
    return {
        "appeal": decide(appealed).pk,
        "budget": project.slug,
        "sheet": project.slug,
        "correction": kept_correction(project).pk,
        "decision": make_draft_decision(project).pk,
        "meeting_set": make_meeting_of(project, 2)[0].pk,
        "de_minimis": make_company().pk,
        "attendance": make_meeting(group).pk,
        "group_report": group.pk,
        "internal_group_report": group.pk,
        "groups_report": project.slug,
    }[name]


@pytest.mark.parametrize("name", [name for name, each in DOCUMENTS.items() if each.address])
def test_the_command_writes_what_the_address_answers(name, client, tmp_path):
    key, out = printable(name), StringIO()
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    answer = client.get(reverse(DOCUMENTS[name].url_name, args=[key]))

    call_command("print_document", name, str(key), output=tmp_path / "a.pdf", stdout=out)

    assert answer["Content-Type"] == "application/pdf"
    assert (tmp_path / "a.pdf").read_bytes() == answer.content
    assert out.getvalue() == f"Kirjoitettiin {tmp_path / 'a.pdf'}.\n"


def test_the_command_writes_at_once_what_pages_order(tmp_path):
    ordered = [name for name, each in DOCUMENTS.items() if not each.address]
    assert ordered == ["meeting_set"]

    for name in ordered:
        call_command(
            "print_document", name, str(printable(name)), output=tmp_path / "a.pdf", stdout=StringIO()
        )
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("key", ["tuntematon", "999999"])
def test_the_command_says_of_a_key_that_no_row_has_that_there_is_none(name, key, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("print_document", name, key, output=tmp_path / "a.pdf")

    assert (
        str(refused.value)
        == {
            "appeal": f"Päätöstä {key} ei ole, tai siitä ei ole säilytetty muutoksenhakuohjetta.",
            "budget": f"Hanketta {key} ei ole.",
            "sheet": f"Hanketta {key} ei ole.",
            "correction": f"Korjausta {key} ei ole.",
            "decision": f"Päätöstä {key} ei ole.",
            "meeting_set": f"Päätöstä {key} ei ole.",
            "de_minimis": f"Yritystä {key} ei ole.",
            "attendance": f"Kokoontumista {key} ei ole.",
            "group_report": f"Ryhmää {key} ei ole.",
            "internal_group_report": f"Ryhmää {key} ei ole.",
            "groups_report": f"Hanketta {key} ei ole.",
        }[name]
    )
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_why_a_report_has_no_period(tmp_path):
    group = make_group(make_project(starts_on=None, ends_on=None))

    with pytest.raises(CommandError) as refused:
        call_command("print_document", "group_report", str(group.pk), output=tmp_path / "a.pdf")

    assert str(refused.value) == "Hankkeen alkua ei ole kirjattu. Anna jakson ensimmäinen päivä."
