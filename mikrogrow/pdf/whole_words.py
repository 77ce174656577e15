"""Words that no line may end inside, however narrow their column."""

import re

# Case numbers (4834/02.05.02.01/2017, HEL 2018-003543, MjuDno-2023-518) and years (2023–2026).
WHOLE = re.compile(
    r"(?<![\w/.–-])"
    r"(?:\d{1,6}(?:/\d\d(?:\.\d\d){1,3})?/\d{4}"
    r"|[A-ZÅÄÖ]{2,4}[ \u00a0]\d{4}-\d{3,6}|[A-ZÅÄÖ]\w{1,5}-\d{4}-\d{1,6}"
    r"|\d{4}–\u2060?\d{4})(?![\w/–-])"
)
JOINER = "\u2060"


def keep_whole(markup: str) -> str:
    """Ties what a line could end between. All else inside these words breaks only in too narrow a column."""
    head, end, body = markup.partition("</head>")
    return head + end + WHOLE.sub(_tied, body)


def _tied(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0").replace("–", f"–{JOINER}")
