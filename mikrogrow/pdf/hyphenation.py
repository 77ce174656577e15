"""Finnish hyphenation for WeasyPrint, whose dictionaries have none.

A syllable begins with the consonant before a vowel: ra-ken-ne-ra-has-to. hyphenation_fi.dic says it as
patterns, one for each pair of a consonant and a vowel, and adds some words that begin with a vowel and often
end a compound: val-tion-avus-tus and not val-tio-navus-tus.
"""

from pathlib import Path

PATTERNS = Path(__file__).with_name("hyphenation_fi.dic")


def register_finnish() -> None:
    import pyphen

    pyphen.LANGUAGES["fi"] = PATTERNS
    pyphen.LANGUAGES_LOWERCASE["fi"] = "fi"
