"""Reads a page as its readers do: its words, links and tables, and what its forms send."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any

LISTED = {"li", "dt", "dd"}
SILENT = {"script", "style"}
HEADINGS = {"h1", "h2", "h3", "h4"}
WITHOUT_CONTENT = {"br", "hr", "img", "input", "link", "meta"}
# Not what str.split() parts at: no-break and thin spaces belong to the text.
HTML_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass
class Table:
    """A table with the texts of its cells; `rows` are those of its body and foot.

    `region` is the label of the region that it scrolls in, `heading` the nearest one before it.
    """

    heading: str
    region: str
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def row(self, name: str) -> list[str]:
        """The one row whose first cell says this."""
        found = [row for row in self.rows if row[0] == name]
        assert len(found) == 1, f"{len(found)} rows {name!r} among {self.rows}"
        return found[0]

    def group(self, name: str) -> list[list[str]]:
        """The rows after the one that holds this alone, up to the next that has one cell."""
        after = self.rows[self.rows.index([name]) + 1 :]
        return list(takewhile(lambda row: len(row) > 1, after))


@dataclass
class Section:
    """What stands under a heading, up to the next one or the end of its section; `items` are list items."""

    heading: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """A response's HTML. No-break spaces are kept, unless `plain_spaces` are asked for."""

    def __init__(self, response: Any, *, plain_spaces: bool = False) -> None:
        super().__init__()
        self.plain_spaces = plain_spaces
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.forms: list[dict[str, list[str]]] = []
        # By the id that elements outside of a form name it by.
        self._named_forms: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self._own_form = ""
        self.tables: list[Table] = []
        self._sections = [Section()]
        self._facts: list[tuple[list[str], list[list[str]]]] = []
        self._words: list[str] = []
        self._words_outside_options: list[str] = []
        self._links: list[str] = []
        self._classed: list[tuple[list[str], list[str]]] = []
        self._open_classed: list[tuple[str, int, list[str]]] = []
        self._open: Counter[str] = Counter()
        self._region = ""
        self._heading: list[str] = []
        self._caption: list[str] = []
        self._cells: list[list[str]] = []
        self._select: tuple[str, bool, list[tuple[str, bool]]] = ("", False, [])
        self._textarea = ("", "")
        self.feed(response.content.decode())

    @property
    def words(self) -> str:
        """All text with one space between words."""
        return " ".join(self._words)

    @property
    def text(self) -> str:
        """The words without those of options that can be chosen."""
        return " ".join(self._words_outside_options)

    @property
    def headings(self) -> list[str]:
        return [" ".join(section.heading) for section in self._sections if section.heading]

    @property
    def facts(self) -> dict[str, list[str]]:
        """The texts that description lists give to each name."""
        found: dict[str, list[str]] = {}
        for name, texts in self._facts:
            found.setdefault(" ".join(name), []).extend(" ".join(words) for words in texts)
        return found

    def text_under(self, heading: str) -> str:
        return " ".join(self._section(heading).words)

    def items_under(self, heading: str) -> list[str]:
        """The texts of the list in this heading's section."""
        return [" ".join(words) for words in self._section(heading).items]

    def _section(self, heading: str) -> Section:
        found = [section for section in self._sections if " ".join(section.heading) == heading]
        assert len(found) == 1, f"{len(found)} headings say {heading!r}: {self.headings}"
        return found[0]

    def links(self, prefix: str) -> list[str]:
        """The addresses of links that begin with `prefix`, in their order."""
        return [address for address in self._links if address.startswith(prefix)]

    def texts(self, class_name: str) -> list[str]:
        """The words of each element with this class."""
        return [" ".join(words) for classes, words in self._classed if class_name in classes]

    def table(self, name: str) -> Table:
        """The one table with this caption, region or heading."""
        names = [(table.caption, table.region, table.heading) for table in self.tables]
        found = [table for table, known in zip(self.tables, names, strict=True) if name in known]
        assert len(found) == 1, f"{len(found)} tables are called {name!r}: {names}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements[tag, tuple(name for name, _value in attrs)] += 1
        self._open[tag] += 1
        if "class" in given and tag not in WITHOUT_CONTENT:
            self._classed.append((given["class"].split(), []))
            self._open_classed.append((tag, self._open[tag], self._classed[-1][1]))
        if given.get("role") == "region":
            self._region = given.get("aria-label", "")
        if tag == "a":
            self._links.append(given.get("href", ""))
        elif tag in HEADINGS:
            self._sections.append(Section())
            self._heading = self._sections[-1].heading
        elif tag in LISTED:
            self._begin_part_of_list(tag)
        elif tag in {"table", "caption", "tr", "th", "td"}:
            self._begin_part_of_table(tag)
        else:
            self._begin_part_of_form(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._open_classed and self._open_classed[-1][:2] == (tag, self._open[tag]):
            self._open_classed.pop()
        self._open[tag] -= 1
        if tag == "caption":
            self.tables[-1].caption = " ".join(self._caption)
        elif tag == "tr" and self._cells:
            self._end_row()
        elif tag in {"section", "main"}:
            self._sections.append(Section())
        elif tag == "select":
            self._end_select()
        elif tag == "textarea":
            name, text = self._textarea
            self._send(name, text.removeprefix("\n"))

    def handle_data(self, data: str) -> None:
        if self._open["textarea"]:
            self._textarea = (self._textarea[0], self._textarea[1] + data)
        if not any(self._open[tag] for tag in SILENT):
            spaced = data.replace("\u00a0", " ") if self.plain_spaces else data
            self._add_words([word for word in HTML_SPACES.split(spaced) if word])

    def _add_words(self, words: list[str]) -> None:
        self._words += words
        for _tag, _depth, words_of_element in self._open_classed:
            words_of_element += words
        if not self._open["option"]:
            self._words_outside_options += words
        if any(self._open[tag] for tag in HEADINGS):
            self._heading += words
        else:
            self._add_words_to_section(words)
        if self._open["caption"]:
            self._caption += words
        if self._cells and (self._open["td"] or self._open["th"]):
            self._cells[-1] += words

    def _add_words_to_section(self, words: list[str]) -> None:
        section = self._sections[-1]
        section.words += words
        if self._open["li"] and section.items:
            section.items[-1] += words
        if self._open["dt"]:
            self._facts[-1][0].extend(words)
        elif self._open["dd"]:
            self._facts[-1][1][-1].extend(words)

    def _begin_part_of_list(self, tag: str) -> None:
        if tag == "li":
            self._sections[-1].items.append([])
        elif tag == "dt":
            self._facts.append(([], []))
        else:
            self._facts[-1][1].append([])

    def _begin_part_of_table(self, tag: str) -> None:
        if tag == "table":
            self.tables.append(Table(" ".join(self._heading), self._region))
            self._region = ""
        elif tag == "caption":
            self._caption = []
        elif tag == "tr":
            self._cells = []
        else:
            self._cells.append([])

    def _end_row(self) -> None:
        texts = [" ".join(words) for words in self._cells]
        self._cells = []
        if self._open["thead"]:
            self.tables[-1].head += texts
        else:
            self.tables[-1].rows.append(texts)

    def _begin_part_of_form(self, tag: str, given: dict[str, str]) -> None:
        if tag != "option":
            self._own_form = given.get("form", "")
        if tag == "form":
            self.forms.append(self._named_forms[given["id"]] if "id" in given else {})
        elif tag == "input" and "name" in given and given.get("type") not in {"submit", "button"}:
            is_choice = given.get("type") in {"checkbox", "radio"}
            if not is_choice or "checked" in given:
                self._send(given["name"], given.get("value", "on" if is_choice else ""))
        elif tag == "select":
            self._select = (given["name"], "multiple" in given, [])
        elif tag == "option":
            self._select[2].append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._textarea = (given["name"], "")

    def _end_select(self) -> None:
        name, is_multiple, options = self._select
        chosen = [value for value, is_selected in options if is_selected]
        if not chosen and not is_multiple:
            chosen = [value for value, _is_selected in options[:1]]
        for value in chosen:
            self._send(name, value)

    def _send(self, name: str, value: str) -> None:
        if self._own_form:
            self._named_forms[self._own_form].setdefault(name, []).append(value)
        elif self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def words_on(response: Any) -> str:
    return Page(response).words


def text_of(response: Any) -> str:
    return Page(response, plain_spaces=True).text


def elements_on(response: Any) -> Counter[tuple[str, tuple[str, ...]]]:
    """How many elements of each kind a page has, by tag and names of attributes."""
    return Page(response).elements


def links_on(response: Any, prefix: str) -> list[str]:
    return Page(response).links(prefix)


def forms_on(response: Any) -> list[dict[str, list[str]]]:
    """What each form of a page would send as it stands."""
    return Page(response).forms


def posted_by(response: Any, step: str = "") -> dict[str, list[str]]:
    """What the step's form would send as it stands, or the page's largest: not an admin page's log-out."""
    forms = forms_on(response)
    return max([form for form in forms if form.get("step") == [step]] if step else forms, key=len)


def send(client: Any, address: str, changes: dict[str, Any], *, like: Any = None, step: str = "") -> Any:
    """Opens a page, changes some fields of its form, or of the step's, and sends it.

    With `like`, a client with more rights, sends what that one would send.
    """
    data = posted_by((like or client).get(address), step)
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value
    return client.post(address, data)
