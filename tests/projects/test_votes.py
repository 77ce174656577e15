"""A vote's names are as many as its numbers, and its winner follows from them."""

import pytest
from django.core.exceptions import ValidationError

from projects.choices import VoteSide
from projects.models import Vote


def vote(yes=2, no=1, **fields):
    return Vote(number=1, counter_proposal="Asia palautetaan.", yes=yes, no=no, **fields)


@pytest.mark.parametrize(
    ("numbers", "casting_vote", "winner"),
    [
        ((6, 5), "", VoteSide.YES),
        ((5, 6), "", VoteSide.NO),
        ((5, 5), "yes", VoteSide.YES),
        ((5, 5), "no", VoteSide.NO),
        ((1, 0), "", VoteSide.YES),
    ],
)
def test_the_winner_follows_from_the_numbers_and_of_a_tie_from_the_chair(numbers, casting_vote, winner):
    assert vote(*numbers, casting_vote=casting_vote).winner is winner


def test_names_are_one_a_line_or_with_commas_between_them():
    found = vote(3, yes_names="1. Aino Aalto\n- Ben  Berg, Cia Cygnaeus;\n\n")

    assert found.names("yes") == ("Aino Aalto", "Ben Berg", "Cia Cygnaeus")


TWO, ONE = "Aino Aalto\nBen Berg", "Cia Cygnaeus"


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, {}),
        ({"yes_names": TWO, "no_names": ONE}, {}),
        (
            {"yes_names": TWO},
            {
                "no_names": "Luettiin 0 nimeä, mutta ääniä on 1. Kirjoita yhtä monta nimeä kuin ääniä, "
                "tai jätä kaikki nimet tyhjiksi."
            },
        ),
        (
            {"yes_names": ONE, "no_names": TWO},
            {
                "yes_names": "Luettiin 1 nimi, mutta ääniä on 2. Kirjoita yhtä monta nimeä kuin ääniä, "
                "tai jätä kaikki nimet tyhjiksi.",
                "no_names": "Luettiin 2 nimeä, mutta ääniä on 1. Kirjoita yhtä monta nimeä kuin ääniä, "
                "tai jätä kaikki nimet tyhjiksi.",
            },
        ),
        (
            {"yes_names": TWO, "no_names": "ben berg"},
            {"no_names": "Kirjoita jokainen nimi kerran: Ben Berg."},
        ),
        ({"yes": None, "yes_names": TWO, "no_names": ONE}, {}),
    ],
)
def test_names_that_are_known_are_as_many_as_the_votes(fields, sentences):
    try:
        vote(**fields).clean()
    except ValidationError as error:
        found = {field: messages[0] for field, messages in error.message_dict.items()}
    else:
        found = {}

    assert found == sentences
