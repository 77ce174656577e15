"""Two people write one text: what they changed in different places is put together, else nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrogrow.values.merged_text import merged_text

BEFORE = "Hanke alkaa.\n\nKustannukset ovat 10 €.\n\nRyhmiä on neljä.\n"
texts = st.lists(st.sampled_from(["", "Yksi.", "Kaksi.", "Kolme."]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("theirs", "own", "expected"),
    [
        (
            BEFORE.replace("alkaa", "alkoi"),
            BEFORE.replace("neljä", "viisi"),
            BEFORE.replace("alkaa", "alkoi").replace("neljä", "viisi"),
        ),
        (BEFORE.replace("10", "20"), BEFORE.replace("10", "30"), None),
        (BEFORE.replace("10", "20"), BEFORE.replace("10", "20"), BEFORE.replace("10", "20")),
        (BEFORE + "\nLoppu.\n", BEFORE + "\nToinen loppu.\n", None),
        (BEFORE + "\nLoppu.\n", "Alku.\n\n" + BEFORE, "Alku.\n\n" + BEFORE + "\nLoppu.\n"),
        (BEFORE.replace("Kustannukset ovat 10 €.\n\n", ""), BEFORE.replace("10", "20"), None),
        ("", BEFORE.replace("10", "20"), None),
        ("", "", ""),
    ],
)
def test_changes_in_different_places_are_put_together(theirs, own, expected):
    assert merged_text(BEFORE, theirs, own) == expected
    assert merged_text(BEFORE, own, theirs) == expected


@given(before=texts, changed=texts)
def test_one_persons_change_is_taken_as_it_is(before, changed):
    assert merged_text(before, changed, before) == changed
    assert merged_text(before, before, changed) == changed
    assert merged_text(before, changed, changed) == changed


@given(before=texts, theirs=texts, own=texts)
def test_whose_change_comes_first_does_not_matter(before, theirs, own):
    assert merged_text(before, theirs, own) == merged_text(before, own, theirs)
