"""Names of companies and persons in texts that people wrote, replaced where they may not be told."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from mikrogrow.values.company_names import COMPANY_FORMS

# A shorter word is too often another one.
SHORTEST = 4
# What a word takes in a sentence, after its last letter.
_ENDINGS = r"(?:i?n|[aä]|t[aä]|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|n[aä]|[aeiouyäö]n|kin)?"


def without_names(companies: Mapping[str, str], persons: Iterable[str], person: str) -> Callable[[str], str]:
    """A function that puts, for each company's name, what the mapping says, and `person` for each person's.

    A name is found inflected, too. It counts in any case; a company's without its form, and a surname alone,
    only with their capitals, so that common words stay.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for name, shown in companies.items():
        _add(wanted, name, shown, "(?i:%s)")
        _add(wanted, " ".join(word for word in name.split() if not _is_form(word)), shown, "%s")
    for name in persons:
        words = name.split()
        _add(wanted, name, person, "(?i:%s)")
        _add(wanted, " ".join(reversed(words)), person, "(?i:%s)")
        _add(wanted, words[-1] if words else "", person, "%s")
    # The longest first: a name may begin with another.
    in_order = [
        (_beginning(name), *wanted[name]) for name in sorted(wanted, key=lambda name: (-len(name), name))
    ]

    def cleaned(text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        folded = composed.casefold()
        # Most texts have no name, and one pattern of a thousand would be slow.
        found = [(pattern, shown) for begins, pattern, shown in in_order if begins in folded]
        if not found:
            return composed
        every = "|".join(f"({pattern})" for pattern, _shown in found)
        return re.sub(
            rf"(?<!\w)(?:{every})(?!\w)", lambda match: found[(match.lastindex or 1) - 1][1], composed
        )

    return cleaned


def _is_form(word: str) -> bool:
    return word.casefold().replace(":", "").strip(",.") in COMPANY_FORMS


def _add(wanted: dict[str, tuple[str, str]], name: str, shown: str, form: str) -> None:
    words = unicodedata.normalize("NFC", name).split()
    plain = " ".join(words)
    if len(plain) >= SHORTEST and plain not in wanted:
        spelt = [*map(_spelt, words[:-1]), _inflected(words[-1], is_alone=len(words) == 1)]
        wanted[plain] = (form % r"\s+".join(spelt), shown)


def _spelt(word: str) -> str:
    # With any hyphen: a text may be typeset.
    return re.escape(word).replace(r"\-", "[-\u2010\u2011]")


def _inflected(word: str, *, is_alone: bool) -> str:
    """Virtanen, Virtasen; in a name of several words also Verkko, Verkon, whose letters change."""
    if _is_form(word):
        return _spelt(word)
    if word.endswith("nen"):
        return _spelt(word[:-3]) + r"(?:nen|s\w{1,5})"
    if is_alone:
        return _spelt(word) + _ENDINGS
    return _spelt(word[: max(3, len(word) - 2)]) + r"\w{0,7}"


def _beginning(name: str) -> str:
    """What a text that has the name has, however the name ends."""
    return re.split(r"[\s\-\u2010\u2011]", name)[0].casefold().removesuffix("nen")[:5]
