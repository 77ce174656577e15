"""A company's declaration of de minimis aid."""

from datetime import date

import pytest

from groups.reports.de_minimis_declaration import de_minimis_pdf
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, VIEWER
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import make_aid, make_company, make_membership
from tests.support.pdfs import flowing_text, structure_complaints, verapdf_complaints, written

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)


@pytest.fixture
def company():
    found = make_company(name="Aamu Oy", business_id="1234567-1")
    make_aid(found, granted_on=date(2015, 12, 31), amount=7_000, granter="Vanha myöntäjä")
    make_aid(found, granted_on=date(2016, 1, 1), amount=5_000, granter="Kaupunki <b>&")
    make_aid(found, granted_on=date(2018, 10, 15), amount=2_000, granter="ELY-keskus")
    make_aid(found, granted_on=date(2018, 10, 16), amount=9_000, granter="Myöhempi")
    return found


def test_the_declaration_lists_what_counts_on_the_day_and_its_sum(company, tmp_path):
    path = written(de_minimis_pdf(company, DAY), tmp_path)
    text = flowing_text(path).replace("\u00a0", " ")

    for words in (
        "Aamu Oy",
        "1234567-1",
        "1.1.2016–15.10.2018",
        "200 000 €",
        "Kaupunki <b>&",
        "ELY-keskus",
        "7 000",
    ):
        assert words in text
    assert "Vanha myöntäjä" not in text
    assert "Myöhempi" not in text
    assert structure_complaints(path) == ""


def test_the_declaration_is_archivable_and_accessible(company, tmp_path):
    assert verapdf_complaints(written(de_minimis_pdf(company, DAY), tmp_path)) == ""


def test_only_who_edits_the_company_prints_it(client, company):
    group = make_group(make_project(), facilitator=make_user(FACILITATOR))
    make_membership(group, company)
    people = {
        "viewer": make_user(VIEWER),
        "other facilitator": make_user(FACILITATOR),
        "facilitator": group.facilitator,
        "administrator": make_user(BUDGET_ADMINISTRATOR),
    }
    answers = {}
    for name, user in people.items():
        client.force_login(user)
        answers[name] = client.get(f"/companies/{company.pk}/de-minimis.pdf").status_code

    assert answers == {"viewer": 404, "other facilitator": 404, "facilitator": 200, "administrator": 200}
