"""Numbers of cases and of what stands in minutes, as every form that writes them takes them."""

import pytest
from django.core.exceptions import ValidationError

from projects.case_numbers import validate_case_number
from projects.models import Attachment, Decision, Project


@pytest.mark.parametrize(
    "number",
    ["4834/02.05.02.01/2017", "4834/2017", "HEL 2018-003543", "MjuDno-2023-518", "D/12/02.02/2019", "7"],
)
def test_each_authority_writes_its_own_number(number):
    validate_case_number(number)


@pytest.mark.parametrize("text", ["abc", "ei tiedossa", "-", "٣"])
def test_words_are_no_number(text):
    with pytest.raises(ValidationError) as caught:
        validate_case_number(text)

    assert caught.value.messages == [
        f"Luettiin ”{text}”. Asianumerossa on numeroita, esimerkiksi 4834/02.05.02.01/2017 "
        "tai HEL 2018-003543."
    ]


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (Project(case_number="abc"), "case_number", "Luettiin ”abc”. Asianumerossa on numeroita"),
        (Decision(case_number="abc"), "case_number", "Luettiin ”abc”. Asianumerossa on numeroita"),
        (Attachment(case_reference="abc"), "case_reference", "Luettiin ”abc”. Asianumerossa on numeroita"),
        (Decision(section=999999999999), "section", "Luettiin 999999999999. Pykälä on enintään 9999."),
        (Attachment(number=10000), "number", "Luettiin 10000. Liitteen numero on enintään 9999."),
    ],
)
def test_the_admin_takes_no_other_numbers_than_the_page_of_a_paper(row, field, sentence):
    with pytest.raises(ValidationError) as caught:
        row.clean_fields()

    assert caught.value.message_dict[field][0].startswith(sentence)
