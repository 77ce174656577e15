"""How a report tells of companies: by name within the city, in public by a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import CompanyGroup
from groups.queries.names import companies_of_group, companies_of_project, persons_of_project
from groups.rules.names import without_names
from mikrogrow.values.money import NBSP

PUBLIC = gettext_lazy("Julkinen – ei nimiä")


@dataclass(frozen=True)
class Names:
    """What stands for each company, by its key, and what a text is without names that may not be told."""

    shown: Mapping[int, str]
    cleaned: Callable[[str], str]
    is_public: bool

    def order(self, company: int) -> tuple[int, str]:
        """Sorts companies without telling more than their names do."""
        name = self.shown[company]
        return (len(name), name) if self.is_public else (0, name.casefold())

    @property
    def publicity(self) -> str:
        if self.is_public:
            return str(PUBLIC)
        return _("Sisäinen – sisältää yritysten nimiä")


def names_for(group: CompanyGroup, *, is_public: bool) -> Names:
    """Nobody has said that a company's name may be published, and persons are never named."""
    project = group.project_id
    names, persons = companies_of_project(project), persons_of_project(project)
    person = _("(henkilö)")
    if not is_public:
        return Names(names, without_names({}, persons, person), is_public)
    # Drawn by lot, yet always alike: the order of names, or of rows, would tell who is who.
    own = sorted(
        companies_of_group(group), key=lambda key: salted_hmac("groups.reports", str(key)).hexdigest()
    )
    numbered = {key: f"{_('Yritys')}{NBSP}{place}" for place, key in enumerate(own, 1)}
    other = _("toinen yritys")
    texts = {name: numbered.get(key, other) for key, name in names.items()}
    return Names(numbered, without_names(texts, persons, person), is_public)
