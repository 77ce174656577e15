"""Words of rules are those of the language that is spoken when the rules begin."""

from django.utils.translation import override

from mikrogrow.values.translation import gettext, one_language


def test_a_message_is_translated_within_and_without():
    for language, word in (("fi", "Poista"), ("en", "Delete"), ("sv", "Radera")):
        with override(language):
            assert gettext("Delete") == word
            for _turn in range(2):
                with one_language():
                    assert gettext("Delete") == word


def test_languages_within_each_other_do_not_mix():
    with override("fi"), one_language():
        assert gettext("Delete") == "Poista"
        with override("sv"), one_language():
            assert gettext("Delete") == "Radera"
        assert gettext("Delete") == "Poista"
