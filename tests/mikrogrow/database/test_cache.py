"""A cached value is given back only for the version that it was computed from."""

from operator import is_

from django.utils.translation import override

from mikrogrow.database.cache import VersionedCache, cached_by


def test_a_value_is_given_back_for_its_version_alone():
    cache = VersionedCache()
    cache.put("hanke", (1, 2), "arvo")

    assert cache.get("hanke", (1, 2)) == "arvo"
    assert cache.get("hanke", (1, 3)) is None
    assert cache.get("toinen", (1, 2)) is None


def test_a_newer_value_takes_the_place_of_the_older():
    cache = VersionedCache()
    cache.put("hanke", 1, "vanha")
    cache.put("hanke", 2, "uusi")

    assert (cache.get("hanke", 1), cache.get("hanke", 2)) == (None, "uusi")


def test_the_least_recently_used_goes_first():
    cache = VersionedCache(maximum=2)
    cache.put("a", 1, "A")
    cache.put("b", 1, "B")
    cache.get("a", 1)

    cache.put("c", 1, "C")

    assert [cache.get(key, 1) for key in "abc"] == ["A", None, "C"]


def test_versions_can_be_compared_by_identity():
    cache = VersionedCache(is_same=is_)
    version = [1]
    cache.put("hanke", version, "arvo")

    assert cache.get("hanke", version) == "arvo"
    assert cache.get("hanke", [1]) is None


def test_a_function_runs_once_for_the_very_same_argument_and_language():
    asked = []

    @cached_by(lambda argument: argument[0])
    def rule(argument):
        asked.append(argument)
        return len(asked)

    argument = ["hanke"]
    with override("fi"):
        assert [rule(argument), rule(argument), rule(["hanke"]), rule(argument)] == [1, 1, 2, 3]
    with override("sv"):
        assert rule(argument) == 4
