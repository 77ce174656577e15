"""Reads the forms of a page as a browser would send them, so that tests post what a person posts."""

from html.parser import HTMLParser
from typing import Any


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select: tuple[str, bool, list[tuple[str, bool]]] | None = None
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        flags = {name for name, _value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and "name" in given and given.get("type") not in {"submit", "button"}:
            is_choice = given.get("type") in {"checkbox", "radio"}
            if not is_choice or "checked" in flags:
                self._add(given["name"], given.get("value", "on" if is_choice else ""))
        elif tag == "select":
            self._select = (given["name"], "multiple" in flags, [])
        elif tag == "option" and self._select:
            self._select[2].append((given.get("value", ""), "selected" in flags))
        elif tag == "textarea":
            self._textarea, self._text = given["name"], ""

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            name, multiple, options = self._select
            chosen = [value for value, is_selected in options if is_selected]
            if not chosen and not multiple and options:
                chosen = [options[0][0]]
            for value in chosen:
                self._add(name, value)
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            self._add(self._textarea, self._text.removeprefix("\n"))
            self._textarea = None

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def posted_by(response: Any) -> dict[str, list[str]]:
    """What the page's largest form would send as it stands: the form of an admin page, not its log-out."""
    return max(forms_on(response), key=len)


def forms_on(response: Any) -> list[dict[str, list[str]]]:
    """What each form of a page would send as it stands."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


def text_of(response: Any) -> str:
    """The words of a page, with one space between them."""
    words: list[str] = []

    class Words(HTMLParser):
        silent = 0

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.silent += tag in {"script", "style", "option"}

        def handle_endtag(self, tag: str) -> None:
            self.silent -= tag in {"script", "style", "option"}

        def handle_data(self, data: str) -> None:
            if not self.silent:
                words.extend(data.replace("\u00a0", " ").split())

    Words().feed(response.content.decode())
    return " ".join(words)


def send(client: Any, address: str, changes: dict[str, Any], *, like: Any = None) -> Any:
    """Opens a page, changes some fields of its form and sends it.

    With `like`, a client with more rights, sends what that one would send.
    """
    data = posted_by((like or client).get(address))
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value
    return client.post(address, data)
