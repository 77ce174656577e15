"""The forms of a company of a group, of its years and contact persons, and of how it joins and leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.choices import MOST_PERSONS
from groups.models import Company, CompanyYear, ContactPerson, DeMinimisAid, Membership, Municipality
from mikrogrow.fields import OpenTextFormField, PlainInput, WholeNumberField
from mikrogrow.values.money import format_count
from mikrogrow.web.row_forms import RemovalForm, RowForm

# The id of the list of names that the page of a joining company has.
NAMES = "company-names"


class CompanyForm(RowForm):
    class Meta:
        model = Company
        fields = [
            *("name", "business_id", "is_sole_entrepreneur", "municipality"),
            *("industry_code", "industry_class", "industry"),
        ]
        error_messages = {"name": {"required": _("Anna yrityksen nimi.")}}


class YearForm(RowForm):
    class Meta:
        model = CompanyYear
        fields = [
            *("year", "persons", "turnover", "balance_sheet", "ownership"),
            *("others_persons", "others_turnover", "others_balance_sheet"),
        ]
        field_classes = {
            "year": WholeNumberField,
            "persons": WholeNumberField,
            "others_persons": WholeNumberField,
        }
        error_messages = {"year": {"required": _("Anna vuosi, jonka tiedot nämä ovat.")}}

    def clean_persons(self) -> int | None:
        return self._possible_persons("persons")

    def clean_others_persons(self) -> int | None:
        return self._possible_persons("others_persons")

    def _possible_persons(self, name: str) -> int | None:
        persons: int | None = self.cleaned_data[name]
        if persons is not None and persons > MOST_PERSONS:
            sentence = gettext("Luettiin %(read)s. Henkilöitä on enintään %(most)s. Tarkista luku.")
            read = {"read": format_count(persons), "most": format_count(MOST_PERSONS)}
            raise forms.ValidationError(sentence % read)
        return persons

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        figures = ["persons", "turnover", "balance_sheet"]
        if not self.errors and all(cleaned[name] is None for name in figures):
            self.add_error(
                "persons", gettext("Anna ainakin yksi luku: henkilöstö, liikevaihto tai taseen loppusumma.")
            )
        return cleaned


class YearRemovalForm(RemovalForm):
    button = _("Poista vuosi")

    class Meta:
        model = CompanyYear
        fields: list[str] = []


class ContactForm(RowForm):
    class Meta:
        model = ContactPerson
        fields = ["name", "email", "telephone"]
        error_messages = {"name": {"required": _("Anna yhteyshenkilön nimi.")}}


class ContactRemovalForm(RemovalForm):
    button = _("Poista yhteyshenkilö")

    class Meta:
        model = ContactPerson
        fields: list[str] = []


class AidForm(RowForm):
    class Meta:
        model = DeMinimisAid
        fields = ["granted_on", "amount", "granter", "ground"]
        error_messages = {
            "granted_on": {"required": _("Anna päivä, jona tuki myönnettiin.")},
            "granter": {"required": _("Anna tuen myöntäjä.")},
            "ground": {"required": _("Kirjoita, mihin tuki myönnettiin.")},
        }
        help_texts = {"amount": _("Jätä tyhjäksi, jos ei ole tiedossa; silloin myöskään summa ei ole.")}


class AidRemovalForm(RemovalForm):
    button = _("Poista tuki")

    class Meta:
        model = DeMinimisAid
        fields: list[str] = []


class MembershipForm(RowForm):
    class Meta:
        model = Membership
        fields = ["joined_on", "is_waiting", "is_core", "left_on", "leaving_reason"]


class MembershipRemovalForm(RemovalForm):
    button = _("Poista jäsenyys")

    class Meta:
        model = Membership
        fields: list[str] = []


class JoinForm(RowForm):
    """Of a company that is known by its name or business ID, else of a new one."""

    name = OpenTextFormField(
        label=_("Yrityksen nimi"),
        required=False,
        max_length=200,
        widget=PlainInput({"list": NAMES, "autocomplete": "off"}),
        help_text=_("Valitse luettelosta, tai kirjoita uuden yrityksen nimi."),
    )
    business_id = OpenTextFormField(
        label=_("Y-tunnus"),
        required=False,
        max_length=9,
        help_text=_("1234567-1. Jos yritys on jo kirjattu, pelkkä Y-tunnus riittää."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Uuden yrityksen kunta"),
        required=False,
    )
    field_order = ["name", "business_id", "municipality", "joined_on", "is_waiting"]

    class Meta:
        model = Membership
        fields = ["joined_on", "is_waiting"]

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name") and not cleaned.get("business_id") and not self.errors:
            self.add_error("name", _("Anna yrityksen nimi tai Y-tunnus."))
        return cleaned
