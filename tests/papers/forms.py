"""What a person sees of a form: its fields by name, what can be chosen in each, and its rows."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.support.pages import Page, text_of

UNSENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Control:
    """A field: the values that it would send, and the values of its options by their words."""

    kind: str
    values: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page, in their order."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.forms: list[dict[str, Control]] = []
        self._select: Control | None = None
        self._option: tuple[str, list[str]] | None = None
        self._text: Control | None = None
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "option" and self._select is not None:
            self._option = (given.get("value", ""), [])
            if "selected" in given:
                self._select.values.append(given.get("value", ""))
        elif self.forms and "name" in given and tag in {"input", "select", "textarea"}:
            self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in UNSENT or "disabled" in given:
            return
        control = self.forms[-1].setdefault(given["name"], Control(kind))
        if tag == "select":
            self._select = control
        elif tag == "textarea":
            self._text = control
            control.values = [""]
        elif kind not in {"checkbox", "radio"}:
            control.values.append(given.get("value", ""))
        elif "checked" in given:
            control.values.append(given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._option is not None:
            self._option[1].append(data)
        elif self._text is not None:
            self._text.values = [self._text.values[0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "option" and self._option is not None and self._select is not None:
            value, words = self._option
            self._select.options[" ".join("".join(words).split())] = value
            self._option = None
        elif tag == "select" and self._select is not None:
            first = list(self._select.options.values())[:1]
            self._select.values = self._select.values or first
            self._select = None
        elif tag == "textarea" and self._text is not None:
            self._text.values = [self._text.values[0].removeprefix("\n")]
            self._text = None


class Form:
    """One form of a page, filled in as a person would: a field that it lacks cannot be filled in."""

    def __init__(self, response: Any, *, step: str = "") -> None:
        """The largest form, or the one whose hidden field says that it takes this step."""
        assert response.status_code == 200, f"{response.request['PATH_INFO']}: {response.status_code}"
        forms = Forms(response).forms
        if step:
            forms = [form for form in forms if "step" in form and form["step"].values == [step]]
        self.controls = max(forms, key=len)

    @property
    def data(self) -> dict[str, list[str]]:
        return {name: control.values for name, control in self.controls.items() if control.values}

    def fill(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            assert name in self.controls, f"the form has no {name}: {sorted(self.controls)}"
            control = self.controls[name]
            if control.kind == "checkbox":
                control.values = ["on"] if value else []
            elif control.kind == "select":
                control.values = [self._chosen(name, control, value)]
            else:
                control.values = [str(value)]

    def _chosen(self, name: str, control: Control, words: str) -> str:
        known = {each.replace("\u00a0", " ").casefold(): value for each, value in control.options.items()}
        wanted = words.replace("\u00a0", " ").casefold()
        found = [known[wanted]] if wanted in known else []
        found = found or [value for each, value in known.items() if wanted in each]
        assert len(found) == 1, f"{name}: {words!r} is {len(found)} of {sorted(known)}"
        return found[0]

    def add(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Fills in empty rows of a table, and adds more as the page's own script does."""
        count = self.controls[f"{table}-TOTAL_FORMS"]
        first = int(self.controls[f"{table}-INITIAL_FORMS"].values[0])
        for number, row in enumerate(rows, start=first):
            if number >= int(count.values[0]):
                self._add_empty(table, number)
                count.values = [str(number + 1)]
            self.fill({f"{table}-{number}-{name}": value for name, value in row.items()})

    def _add_empty(self, table: str, number: int) -> None:
        empty = f"{table}-__prefix__-"
        for name, control in list(self.controls.items()):
            if name.startswith(empty):
                copy = Control(control.kind, list(control.values), control.options)
                self.controls[name.replace("__prefix__", str(number))] = copy

    def change(self, table: str, key: str, rows: dict[str, dict[str, Any]]) -> None:
        """Fills in fields of stored rows, found by what their field `key` says."""
        for wanted, row in rows.items():
            found = [
                name.removesuffix(key)
                for name, control in self.controls.items()
                if name.startswith(f"{table}-") and name.endswith(f"-{key}") and _says(control, wanted)
            ]
            assert len(found) == 1, f"{len(found)} rows {wanted!r} in {table}"
            self.fill({f"{found[0]}{name}": value for name, value in row.items()})


def _says(control: Control, words: str) -> bool:
    if control.kind == "select":
        return control.options.get(words) in control.values and words in control.options
    return control.values == [words]


def sent(client: Any, address: str, form: Form) -> Any:
    """The page after the form; the form's own errors are what the test says if it was refused."""
    answer = client.post(address, form.data)
    if answer.status_code != 302:
        errors = Page(answer, plain_spaces=True).texts("errorlist")
        raise AssertionError(f"{address} was refused: {errors or text_of(answer)}")
    return client.get(answer["Location"])
