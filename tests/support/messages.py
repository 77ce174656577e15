"""Every message of the interface, as it stands in code and templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

APPS = ("mikrogrow", "projects", "financing", "groups")
# How many of a call's arguments are forms of its message.
FORMS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), 1),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), 2),
}
_CALL = re.compile(rf"\b({'|'.join(sorted(FORMS, key=len, reverse=True))})\(")


@dataclass(frozen=True)
class Message:
    """`forms` are one, or the singular and the plural."""

    place: str
    forms: tuple[str, ...]

    @property
    def is_counted(self) -> bool:
        return len(self.forms) == 2


@cache
def all_messages() -> tuple[Message, ...]:
    root = Path(settings.BASE_DIR)
    found = []
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found += _messages(str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "templates").rglob("*.html")):
        found += _of_template(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(found))


def _messages(place: str, code: ast.AST) -> Iterator[Message]:
    for node in ast.walk(code):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [arg.value for arg in node.args[: FORMS.get(name, 0)] if isinstance(arg, ast.Constant)]
        if texts and all(isinstance(text, str) for text in texts):
            yield Message(place, tuple(texts))


def _of_template(place: str, source: str) -> Iterator[Message]:
    """Django makes calls of a template's messages; what stands between them is no Python."""
    code = templatize(source)
    for match in _CALL.finditer(code):
        ends = (match.start() for match in re.finditer(r"\)", code[match.end() :]))
        for end in ends:
            try:
                call = ast.parse(code[match.start() : match.end() + end + 1].strip(), mode="eval")
            # A bracket of the message.
            except SyntaxError:
                continue
            yield from _messages(place, call)
            break
