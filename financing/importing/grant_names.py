"""A grant by the name of the programme that its paper names.

Sources are told apart by what they are, since papers word one grant in many ways: who gives it is named last.
"""

import re

from financing.importing.paper_sources import GRANT, SOCIAL_GRANT

# The programme in the name, and how papers write it.
_PROGRAMMES = {
    "EAKR- ja valtion": r"(?<!\w)EAKR|(?i:aluekehitysrahast)",
    "ESR+:n ja valtion": r"(?<!\w)ESR ?\+|(?i:sosiaalirahasto plus)",
    "ESR- ja valtion": r"(?<!\w)ESR(?! ?\+)|(?i:sosiaalirahasto)(?!(?i: plus))",
    "JTF- ja valtion": r"(?<!\w)JTF|(?i:oikeudenmukaisen siirtymän)",
    "AKKE-": r"(?<!\w)AKKE",
    "Leader-": r"(?<!\w)Leader",
    "Interreg-": r"(?<!\w)Interreg",
    "Horisontti Eurooppa -": r"(?<!\w)Horisontti|(?<!\w)Horizon",
    "LIFE-": r"(?<!\w)LIFE(?!\w)",
}
_SOCIAL = ("ESR+:n ja valtion", "ESR- ja valtion")
_UNNAMED = {GRANT: "EU- ja valtion", SOCIAL_GRANT: "ESR- ja valtion"}


def grant_name(name: str, text: str) -> str:
    """`name`, if it is no grant's; else that of the one programme that the paper's text names."""
    for kind in (GRANT, SOCIAL_GRANT):
        if name.startswith(kind):
            words = _programme(text, is_social=kind == SOCIAL_GRANT) or _UNNAMED[kind]
            return f"{words}{'' if words.endswith('-') else ' '}rahoitus{name.removeprefix(kind)}"
    return name


def _programme(text: str, *, is_social: bool) -> str:
    """Empty if the text names none or several."""
    named = [words for words, pattern in _PROGRAMMES.items() if re.search(pattern, text)]
    fitting = [words for words in named if (words in _SOCIAL) == is_social]
    return fitting[0] if len(fitting) == 1 else ""
