"""A kept value is given back only with the mark of what it was computed from."""

from operator import is_

from django.utils.translation import override

from mikrogrow.database.cache import Kept, once_for


def test_a_value_is_given_back_with_its_mark_alone():
    kept = Kept()
    kept.keep("hanke", (1, 2), "arvo")

    assert kept.get("hanke", (1, 2)) == "arvo"
    assert kept.get("hanke", (1, 3)) is None
    assert kept.get("toinen", (1, 2)) is None


def test_a_newer_value_takes_the_place_of_the_older():
    kept = Kept()
    kept.keep("hanke", 1, "vanha")
    kept.keep("hanke", 2, "uusi")

    assert (kept.get("hanke", 1), kept.get("hanke", 2)) == (None, "uusi")


def test_what_nobody_used_for_longest_goes_first():
    kept = Kept(maximum=2)
    kept.keep("a", 1, "A")
    kept.keep("b", 1, "B")
    kept.get("a", 1)

    kept.keep("c", 1, "C")

    assert [kept.get(key, 1) for key in "abc"] == ["A", None, "C"]


def test_marks_can_be_compared_by_identity():
    kept = Kept(same=is_)
    mark = [1]
    kept.keep("hanke", mark, "arvo")

    assert kept.get("hanke", mark) == "arvo"
    assert kept.get("hanke", [1]) is None


def test_a_rule_runs_once_for_the_very_same_argument_and_language():
    asked = []

    @once_for(lambda argument: argument[0])
    def rule(argument):
        asked.append(argument)
        return len(asked)

    argument = ["hanke"]
    with override("fi"):
        assert [rule(argument), rule(argument), rule(["hanke"]), rule(argument)] == [1, 1, 2, 3]
    with override("sv"):
        assert rule(argument) == 4
