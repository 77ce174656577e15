"""Names of companies as people type them: with or without the form, and in any case."""

import re
import unicodedata

# Of companies in Finnish, Swedish and English: who types a name may leave its form out.
COMPANY_FORMS = frozenset(
    {
        *("oy", "oyj", "ab", "abp", "ltd", "osakeyhtiö", "aktiebolag", "ky", "kb", "kommandiittiyhtiö"),
        *("ay", "öb", "tmi", "toiminimi", "fma", "osk", "anl", "osuuskunta", "andelslag", "ry", "rf"),
    }
)


def bare_name(name: str) -> str:
    """Without case, spaces, punctuation and company form."""
    # Composed, because a Mac sends an ä as two signs; "T:mi" is one word.
    composed = unicodedata.normalize("NFC", name.casefold()).replace(":", "")
    words = re.findall(r"[^\W_]+", composed)
    # A name that is nothing but a company form is itself.
    return "".join([word for word in words if word not in COMPANY_FORMS] or words)
