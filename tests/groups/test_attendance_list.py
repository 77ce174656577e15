"""The list of attendance on paper, to be signed at the meeting."""

from datetime import date, time

import pytest

from groups.reports.attendance_list import attendance_list_pdf
from tests.support.factories import make_group, make_project
from tests.support.group_factories import (
    make_attendance,
    make_company,
    make_contact,
    make_meeting,
    make_membership,
)
from tests.support.pdfs import flowing_text, structure_complaints, verapdf_complaints, written

pytestmark = pytest.mark.django_db

DAY = date(2017, 4, 10)


@pytest.fixture
def meeting():
    group = make_group(make_project(name="Mikroyritykset kasvuun"), name="Ylä-Savon ryhmä")
    host = make_company(name="Aamu Oy")
    make_contact(host, name="Maija Mallikas")
    make_membership(group, host)
    make_membership(
        group, make_company(name="Lähti Oy"), left_on=date(2017, 4, 14), leaving_reason="Lopetti."
    )
    found = make_meeting(
        group, host=host, place="Iisalmi", theme="Myynti <b>&", begins_at=time(17), ends_at=time(19, 30)
    )
    make_attendance(found, make_company(name="Muu Oy"))
    return found


def test_the_list_has_the_facts_of_the_meeting_and_the_members_of_its_day(meeting, tmp_path):
    path = written(attendance_list_pdf(meeting, DAY), tmp_path)
    text = flowing_text(path)

    for words in (
        "Mikroyritykset kasvuun",
        "Ylä-Savon ryhmä",
        "15.4.2017 klo 17.00–19.30",
        "Myynti <b>&",
        "Aamu Oy",
    ):
        assert words in text
    for words in ("Lähti Oy", "Muu Oy", "Maija Mallikas"):
        assert words not in text
    assert structure_complaints(path) == ""


def test_the_list_is_archivable_and_accessible(meeting, tmp_path):
    for number in range(60):
        make_membership(meeting.group, make_company(name=f"Yritys numero {number} pitkällä nimellä Oy"))

    assert verapdf_complaints(written(attendance_list_pdf(meeting, DAY), tmp_path)) == ""


def test_a_meeting_without_facts_prints_what_is_unknown(tmp_path):
    meeting = make_meeting(make_group(make_project()), day=None)

    text = flowing_text(written(attendance_list_pdf(meeting, DAY), tmp_path))

    assert "Ryhmässä ei ole yrityksiä kokoontumisen päivänä." in text
    assert text.count("ei tiedossa") >= 4
