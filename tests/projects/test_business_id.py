import pytest
from django.core.exceptions import ValidationError

from projects.business_id import is_business_id, validate_business_id


# Made up; 1234567-1 is the usual example. The second has the remainder 0, the third the check digit 9.
@pytest.mark.parametrize("text", ["1234567-1", "0000000-0", "0000001-9", "0000010-7"])
def test_a_right_check_digit_is_accepted(text):
    assert is_business_id(text)


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
        "Luettiin ”1234567-2”. Y-tunnus on muotoa 1234567-1, ja tarkistusnumeron on täsmättävä."
    ]
