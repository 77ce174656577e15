import pytest
from django.core.exceptions import ValidationError

from projects.business_id import is_business_id, validate_business_id


# Made up; 1234567-1 is the usual example. The second has the remainder 0, the third the check digit 9.
@pytest.mark.parametrize("text", ["1234567-1", "0000000-0", "0000001-9", "0000010-7"])
def test_a_right_check_digit_is_accepted(text):
    assert is_business_id(text)


# As their own papers and open data have them.
PUBLIC_BODIES = {
    "Espoon kaupunki": "0101263-6",
    "Helsingin kaupunki": "0201256-6",
    "Helsingin yliopisto": "0313471-7",
    "Tampereen kaupunki": "0211675-2",
    "Turun kaupunki": "0204819-8",
    "Väestörekisterikeskus": "0245437-2",
}


@pytest.mark.parametrize("name", PUBLIC_BODIES)
def test_the_business_ids_of_public_bodies_are_accepted_and_one_wrong_digit_is_seen(name):
    text = PUBLIC_BODIES[name]
    digits = [place for place, sign in enumerate(text) if sign != "-"]
    wrong = {f"{text[:place]}{digit}{text[place + 1 :]}" for place in digits for digit in range(10)} - {text}

    assert is_business_id(text)
    assert len(wrong) == 8 * 9
    assert not [each for each in wrong if is_business_id(each)]


@pytest.mark.parametrize("name", PUBLIC_BODIES)
def test_two_digits_that_changed_places_are_seen(name):
    text = PUBLIC_BODIES[name]
    swapped = {f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}" for place in range(6)} - {
        text
    }

    assert not [each for each in swapped if is_business_id(each)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234567-2",
        "1234567",
        "12345671",
        "1234567–1",
        " 1234567-1",
        "1234567-1\n",
        "123456-1",
        "FI12345671",
        "١٢٣٤٥٦٧-١",
        "0000006-0",
    ],
)
def test_anything_else_is_refused(text):
    assert not is_business_id(text)


def test_a_number_that_leaves_the_remainder_one_is_never_given_out():
    # 6 × 2 = 12 leaves 1 of 11.
    assert not any(is_business_id(f"0000006-{digit}") for digit in range(10))


def test_the_refusal_says_what_was_read():
    with pytest.raises(ValidationError) as refused:
        validate_business_id("1234567-2\0")

    assert refused.value.messages == [
        "Luettiin ”1234567-2”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä."
    ]
