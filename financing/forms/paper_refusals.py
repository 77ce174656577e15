"""What is wrong on the page of a decision's paper, in its order: the section, the row, the field and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Titles of the sections, by the names of their forms.
TITLES = {
    "project": gettext_lazy("Hanke"),
    "parties": gettext_lazy("Toteuttajat ja rahoittajat"),
    "part": gettext_lazy("Kaupungin osan kustannukset"),
    "lines": gettext_lazy("Rahoituslähteet"),
    "years": gettext_lazy("Kustannukset vuosittain"),
    "categories": gettext_lazy("Kaupungin osan kustannukset kustannuslajeittain"),
    "source_years": gettext_lazy("Rahoitus vuosittain"),
    "shared": gettext_lazy("Yhteiset kustannukset"),
    "decision": gettext_lazy("Päätös"),
    "officials": gettext_lazy("Valmistelijat ja esittelijät"),
    "texts": gettext_lazy("Päätöksen teksti"),
    "attachments": gettext_lazy("Liitteet"),
}


@dataclass(frozen=True)
class Refusal:
    """`name` is the section's; `anchor` the id of the field, or of the heading of what lacks something."""

    name: str
    anchor: str
    place: str
    sentence: str


def refusals_of(form: Any) -> Iterator[Refusal]:
    name, _dash, row = form.prefix.partition("-")
    words = [str(TITLES.get(name, ""))]
    if row:
        words.append(_("rivi %s") % (int(row) + 1))
    for sentence in form.non_field_errors():
        yield Refusal(name, f"{name}-heading", ", ".join(words), str(sentence))
    for field in form:
        place = ", ".join([*words, capfirst(str(field.label))])
        for sentence in field.errors:
            yield Refusal(name, field.id_for_label, place, sentence)
