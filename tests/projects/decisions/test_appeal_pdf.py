"""The instructions for appeal for one recipient, with the last day."""

from datetime import date

import pytest
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER
from tests.support.appeal_factories import make_appeal, make_notice, make_publication
from tests.support.cast import logged_in
from tests.support.factories import decide, make_decision, make_draft_decision, make_project
from tests.support.pdfs import failed_rules, flowing_text, written

pytestmark = pytest.mark.django_db

# Way and day of the notice; how it is told, when it is known and the last day.
PARTIES = [
    ("letter", 11, "Kirje, lähetetty 11.12.2019", "18.12.2019", "2.1.2020"),
    ("email", 11, "Sähköinen viesti, lähetetty 11.12.2019", "14.12.2019", "30.12.2019"),
    ("received", 16, "Luovutettu tai saantitodistus, saatu 16.12.2019", "16.12.2019", "30.12.2019"),
]


@pytest.fixture
def preparer(client):
    return logged_in(DECISION_PREPARER)


@pytest.fixture
def decision():
    draft = make_draft_decision(make_project(), meeting_date=date(2019, 12, 2), case_number="1/2019")
    make_appeal(draft)
    return decide(draft)


def printed(client, decision, tmp_path, **asked):
    answer = client.get(reverse("appeal_pdf", args=[decision.pk]), asked)
    assert answer["Content-Type"] == "application/pdf"
    return written(answer.content, tmp_path)


@pytest.mark.parametrize(("way", "day", "told", "known", "last"), PARTIES)
def test_a_party_reads_until_when_it_may_appeal(preparer, decision, tmp_path, way, day, told, known, last):
    notice = make_notice(decision, date(2019, 12, day), way=way)

    file = printed(preparer, decision, tmp_path, notice=notice.pk)

    words = flowing_text(file)
    assert "Esimerkkilän Kehitys Oy" in words
    assert told in words
    assert f"Tieto katsotaan saaduksi {known}" in words
    assert last in words
    assert "Oikaisuvaatimus tehdään kaupunginhallitukselle." in words
    assert [failed_rules(file, profile) for profile in ("2a", "ua1")] == [[], []]


def test_the_members_read_theirs_once_the_minutes_are_published(preparer, decision, tmp_path):
    assert "Julkaistu yleisessä tietoverkossa ei tiedossa" in flowing_text(
        printed(preparer, decision, tmp_path)
    )

    make_publication(decision, date(2019, 12, 10))

    words = flowing_text(printed(preparer, decision, tmp_path))
    assert "Kunnan jäsenet" in words
    assert "Julkaistu yleisessä tietoverkossa 10.12.2019" in words
    assert "31.12.2019" in words


@pytest.mark.parametrize("notice", ["0", "x", "999999"])
def test_a_notice_of_no_party_of_it_leads_back_to_the_decision(preparer, decision, notice):
    answer = preparer.get(reverse("appeal_pdf", args=[decision.pk]), {"notice": notice})

    assert answer.status_code == 302
    assert answer["Location"].startswith(decision.get_absolute_url())


def test_a_decision_that_kept_no_instructions_has_none_to_print(preparer):
    other = make_decision(make_project())

    assert preparer.get(reverse("appeal_pdf", args=[other.pk])).status_code == 404
