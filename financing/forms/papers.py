"""The form of what was read of a decision's paper: every field can be corrected before anything is saved."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.papers import EnteredPaper
from financing.choices import CostCategory, SourceClass
from financing.forms.paper_refusals import TITLES, Refusal, refusals_of
from financing.forms.paper_rows import (
    NumberField,
    PaperForm,
    PaperModelForm,
    RowForm,
    add_placed,
    prepare,
    required_sentence,
)
from financing.forms.paper_values import NO_PART, PART, WHOLE, initial_values
from financing.importing.proposal import Proposal
from financing.models import Commitment
from financing.queries.entered import PROJECT_FIELDS, KnownProject, PlanState, same_item, same_item_sentence
from mikrogrow.database.placed import constraint_errors
from mikrogrow.fields import (
    LONGEST_TEXT,
    EuroFormField,
    OpenTextFormField,
    PercentFormField,
    PlainTextFormField,
)
from mikrogrow.values.typed_text import excerpt
from projects.case_numbers import validate_case_number
from projects.choices import DecisionPartKind, ImplementerRole, OfficialRole
from projects.forms.parts import NamesPart
from projects.models import YEAR_RANGE, Decision, Project
from projects.models.decisions import LARGEST_ANNEX, LARGEST_SECTION

# More rows than any paper has; nobody's form is larger.
MOST_ROWS = 60


class ProjectForm(PaperModelForm):
    class Meta:
        model = Project
        fields = PROJECT_FIELDS
        field_classes = {"target_companies": NumberField}

    def __init__(self, *args: Any, known: KnownProject | None, **options: Any) -> None:
        """Of a project that exists only what it lacks."""
        options["instance"] = known.project if known else None
        super().__init__(*args, **options)
        for name in set(self.fields) - set(known.lacking if known else PROJECT_FIELDS):
            del self.fields[name]
        prepare(self)


class OpenForm(PaperForm):
    """Which approved plans of a project that exists get a new draft."""

    whole = forms.BooleanField(
        label=gettext_lazy("Tee koko hankkeen suunnitelmasta uusi luonnos"), required=False, initial=True
    )
    part = forms.BooleanField(
        label=gettext_lazy("Tee kaupungin osan suunnitelmasta uusi luonnos"), required=False, initial=True
    )

    def __init__(self, *args: Any, known: KnownProject | None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("whole", "part"):
            state: PlanState | None = getattr(known, name) if known else None
            if state is None or state.approved is None or not state.can_open:
                del self.fields[name]


class PartForm(PaperForm):
    """Costs of the city's part."""

    cost = EuroFormField(label=gettext_lazy("Kaupungin osahankkeen kustannukset, €"), required=False)
    cost_is_approximate = forms.BooleanField(label=gettext_lazy("Noin"), required=False)


class PartyForm(RowForm):
    key = "name"
    name = OpenTextFormField(label=gettext_lazy("Organisaatio"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Rooli"),
        choices=ImplementerRole.choices,
        initial=ImplementerRole.CO_IMPLEMENTER,
    )


class ScopedForm(RowForm):
    """A row of the plan of the city's part, if it says no other."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Kenen suunnitelma"),
        choices=[(PART, gettext_lazy("kaupungin osa")), (WHOLE, gettext_lazy("koko hanke"))],
        required=False,
        initial=PART,
    )

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or PART


class LineForm(ScopedForm):
    key = "source"
    source = OpenTextFormField(label=gettext_lazy("Rahoituslähde"), max_length=120, required=False)
    source_class = forms.ChoiceField(label=gettext_lazy("Lähdeluokka"), choices=SourceClass.choices)
    amount = EuroFormField(label=gettext_lazy("Summa, €"), required=False)
    share = PercentFormField(label=gettext_lazy("Osuus, %"), required=False)
    includes = OpenTextFormField(label=gettext_lazy("Sisältää myös"), max_length=120, required=False)


class YearForm(ScopedForm):
    key = "year"
    year = NumberField(
        label=gettext_lazy("Vuosi"), required=False, min_value=YEAR_RANGE[0], max_value=YEAR_RANGE[1]
    )
    amount = EuroFormField(label=gettext_lazy("Kustannukset, €"), required=False)


class CategoryForm(ScopedForm):
    key = "amount"
    category = forms.ChoiceField(
        label=gettext_lazy("Kustannuslaji"),
        choices=[each for each in CostCategory.choices if each[0] != CostCategory.NOT_BROKEN_DOWN],
    )
    year = NumberField(
        label=gettext_lazy("Vuosi"), required=False, min_value=YEAR_RANGE[0], max_value=YEAR_RANGE[1]
    )
    amount = EuroFormField(label=gettext_lazy("Kustannukset, €"), required=False)


class SourceYearForm(ScopedForm):
    key = "source"
    source = OpenTextFormField(label=gettext_lazy("Rahoituslähde"), max_length=120, required=False)
    year = NumberField(
        label=gettext_lazy("Vuosi"), required=False, min_value=YEAR_RANGE[0], max_value=YEAR_RANGE[1]
    )
    amount = EuroFormField(label=gettext_lazy("Summa, €"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("year", "amount"):
            if data.get("source") and data.get(name) is None and name not in self.errors:
                self.add_error(name, required_sentence(self.fields[name]))
        return data


class SharedForm(RowForm):
    key = "amount"
    amount = EuroFormField(label=gettext_lazy("Summa, €"), required=False)
    on_behalf_of = OpenTextFormField(
        label=gettext_lazy("Kustannuksen omistaja"), max_length=200, required=False
    )


class DecisionForm(PaperModelForm):
    section = NumberField(
        label=gettext_lazy("Pykälä"), required=False, min_value=1, max_value=LARGEST_SECTION
    )
    cap = EuroFormField(label=gettext_lazy("Valtuutuksen enimmäismäärä, €"), required=False)
    first_year = NumberField(
        label=gettext_lazy("Valtuutuksen ensimmäinen vuosi"),
        required=False,
        min_value=YEAR_RANGE[0],
        max_value=YEAR_RANGE[1],
    )
    last_year = NumberField(
        label=gettext_lazy("Valtuutuksen viimeinen vuosi"),
        required=False,
        min_value=YEAR_RANGE[0],
        max_value=YEAR_RANGE[1],
    )
    covers_shared_costs = forms.BooleanField(
        label=gettext_lazy("Valtuutus kattaa myös yhteiset kustannukset"), required=False
    )

    class Meta:
        model = Decision
        fields = ["body", "meeting_date", "section", "case_number", "title"]

    def __init__(self, *args: Any, known: KnownProject | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        prepare(self)

    def clean(self) -> dict[str, Any]:
        """The decision that the project has is not added again, so that its item is not there twice."""
        data = super().clean() or {}
        if self.known and (same := self.known.decision_of(data)):
            self.instance = copy(same)
        elif other := same_item(data):
            self.add_error("section", same_item_sentence(other))
        years = Commitment(first_year=data.get("first_year"), last_year=data.get("last_year"))
        names = {"first_year": "first_year", "last_year": "last_year"}
        others = {field.name for field in Commitment._meta.fields} - set(names) | set(self.errors)
        for name, errors in constraint_errors(years, names, exclude=others).items():
            self.add_error(name, errors)
        return data


class OfficialForm(RowForm):
    key = "title"
    role = forms.ChoiceField(label=gettext_lazy("Rooli"), choices=OfficialRole.choices)
    title = OpenTextFormField(label=gettext_lazy("Virkanimike"), max_length=120, required=False)
    is_acting = forms.BooleanField(label=gettext_lazy("Vs., sijainen"), required=False)
    name = OpenTextFormField(label=gettext_lazy("Nimi"), max_length=120, required=False)
    unit = OpenTextFormField(label=gettext_lazy("Yksikkö"), max_length=120, required=False)
    telephone = OpenTextFormField(label=gettext_lazy("Puhelin"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("Sähköposti"), required=False)

    def clean(self) -> dict[str, Any]:
        """A paper names its officials; the city's own draft may not know them yet."""
        data = super().clean()
        if data.get("title") and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _nameless() % excerpt(data["title"]))
        return data


class TextForm(NamesPart, PaperForm):
    """A part of the text and what it becomes in the decision."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Päätöksen osa"),
        required=False,
        choices=[(NO_PART, gettext_lazy("ei tallenneta")), *DecisionPartKind.choices],
    )
    name = OpenTextFormField(label=gettext_lazy("Nimi asiakirjassa"), max_length=200, required=False)
    text = PlainTextFormField(
        label=gettext_lazy("Teksti"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 6}),
    )


class AttachmentForm(RowForm):
    key = "title"
    number = NumberField(label=gettext_lazy("Numero"), required=False, min_value=1, max_value=LARGEST_ANNEX)
    case_reference = OpenTextFormField(
        label=gettext_lazy("Asianumero"), max_length=60, required=False, validators=[validate_case_number]
    )
    title = OpenTextFormField(label=gettext_lazy("Nimi"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("title") and data.get("number") is None and "number" not in self.errors:
            self.add_error("number", _("Liitteen numero puuttuu. Anna se."))
        return data


def _nameless() -> str:
    return _(
        "Luettiin virkanimike ”%s” ilman nimeä. Kirjoita nimi, tai tyhjennä koko rivi, jos asiakirja ei "
        "nimeä henkilöä."
    )


ROWS: Mapping[str, type[PaperForm]] = {
    "parties": PartyForm,
    "lines": LineForm,
    "years": YearForm,
    "categories": CategoryForm,
    "source_years": SourceYearForm,
    "shared": SharedForm,
    "officials": OfficialForm,
    "texts": TextForm,
    "attachments": AttachmentForm,
}
# What has one name on the page and in the action.
_SAME = (
    *("project", "part", "parties"),
    *("shared", "officials", "texts", "attachments"),
)
OF_DECISION = ("officials", "texts", "attachments")


@dataclass(frozen=True)
class PaperForms:
    """Every form of the page; `decision` and what belongs to it is None for those who prepare none."""

    project: ProjectForm
    opens: OpenForm
    part: PartForm
    decision: DecisionForm | None
    rows: dict[str, BaseFormSet]
    # Sentences of lists that lack something, by their names.
    lacking: list[tuple[str, str]] = field(default_factory=list)

    def is_valid(self) -> bool:
        # Each of them is looked into, so that the page shows everything that is wrong.
        return {each.is_valid() for each in self._all()} == {True}

    def _all(self) -> Iterator[Any]:
        yield from filter(None, (self.project, self.opens, self.part, self.decision))
        yield from self.rows.values()

    def refuse(self, error: ValidationError) -> None:
        """Beside what prevents it, where the error says what that is."""
        place = getattr(error, "place", None)
        form = next((each for each in self.each if getattr(each, "cleaned_data", None) is place), None)
        if form is not None:
            add_placed(form, error)
        else:
            title = place if isinstance(place, str) else "project"
            self.lacking.extend((title, sentence) for sentence in error.messages)

    @property
    def each(self) -> Iterator[Any]:
        yield from filter(None, (self.project, self.opens, self.part, self.decision))
        for rows in self.rows.values():
            yield from rows

    def of(self, name: str) -> list[dict[str, Any]]:
        """What is in the rows that are not left out."""
        if name not in self.rows:
            return []
        return [form.cleaned_data for form in self.rows[name] if not getattr(form, "is_empty", False)]

    @property
    def refusals(self) -> list[Refusal]:
        """In the order of the page."""
        found = [
            *(Refusal(name, f"{name}-heading", str(TITLES[name]), words) for name, words in self.lacking),
            *(refusal for form in self.each for refusal in refusals_of(form)),
            *(
                Refusal(name, f"{name}-heading", str(TITLES[name]), str(sentence))
                for name, rows in self.rows.items()
                for sentence in rows.non_form_errors()
            ),
        ]
        order = list(TITLES)
        return sorted(found, key=lambda each: order.index(each.name) if each.name in order else -1)


def paper_forms(
    data: Mapping[str, Any] | None,
    proposal: Proposal | None,
    *,
    with_decision: bool,
    known: KnownProject | None = None,
) -> PaperForms:
    initial = initial_values(proposal) if proposal else {}
    names = [name for name in ROWS if with_decision or name not in OF_DECISION]
    return PaperForms(
        ProjectForm(data, prefix="project", initial=initial.get("project"), known=known),
        OpenForm(data, prefix="opens", known=known),
        PartForm(data, prefix="part", initial=initial.get("part")),
        DecisionForm(data, prefix="decision", initial=initial.get("decision"), known=known)
        if with_decision
        else None,
        {name: _rows(name, data, initial.get(name, [])) for name in names},
    )


def entered_paper(forms_of_page: PaperForms) -> EnteredPaper:
    """Of valid forms."""
    decision = forms_of_page.decision
    opens = forms_of_page.opens.cleaned_data
    return _entered(
        {
            "opens_whole": opens.get("whole", True),
            "opens_part": opens.get("part", True),
            "project": forms_of_page.project.cleaned_data,
            "part": forms_of_page.part.cleaned_data,
            "decision": decision.cleaned_data if decision else None,
            **{name: forms_of_page.of(name) for name in ROWS},
        }
    )


def proposed_paper(proposal: Proposal) -> EnteredPaper:
    """As if a person had confirmed everything that was read."""
    return _entered(initial_values(proposal))


def _entered(values: Mapping[str, Any]) -> EnteredPaper:
    by_scope: dict[str, Any] = {
        f"{scope}_{name}": [row for row in values[name] if row["scope"] == scope]
        for scope in (PART, WHOLE)
        for name in ("lines", "years", "categories", "source_years")
    }
    return EnteredPaper(
        **{name: values[name] for name in (*_SAME, "decision")},
        **{name: values.get(name, True) for name in ("opens_whole", "opens_part")},
        **by_scope,
    )


def _rows(name: str, data: Mapping[str, Any] | None, initial: list[dict[str, Any]]) -> BaseFormSet:
    # Who needs one more row asks for it.
    rows = forms.formset_factory(ROWS[name], extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return rows(data, prefix=name, initial=initial[:MOST_ROWS])
