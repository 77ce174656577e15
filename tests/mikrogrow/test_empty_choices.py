"""What a choice says while nothing is chosen: that one is to be chosen, or what an empty one means."""

import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory

from mikrogrow.empty_choices import name_empty_choice
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.factories import make_group, make_project, make_user

pytestmark = pytest.mark.django_db

# Where it does not mean that the value is unknown.
OWN_WORDS = {
    "claimcost.corrects": "Ei oikaise hakemusta",
    "changerequest.answered_by": "Ei vielä vastausta",
    "commitment.corrects": "Ei korjaa valtuutusta",
    "commitment.project": "Päätöksen hanke",
    "decision.amends": "Ei muuta päätöstä",
    "decision.matter_kind": "Ei valittu",
    "experiment.company": "Koko ryhmä",
    "experiment.learnt_from": "Ei aiempaa kokeilua",
    "experiment.verdict": "Ei arvioitu",
    "financingline.part_of": "Ei sisälly toiseen riviin",
    "financingplan.co_implementer": "Koko hankkeen suunnitelma",
    "financingplan.whole_project": "Yhden toteuttajan suunnitelma",
    "fundingdecision.changes": "Ei muuta päätöstä",
    "indicator.measures": "Järjestelmä ei laske sitä",
    "indicatorvalue.group": "Koko hanke",
    "invoice.category": "Ei oma kustannus",
    "invoice.commitment": "Valtuutusten ulkopuolella",
    "invoice.contribution_to": "Ei rahoitusosuutta",
    "invoice.shared_cost": "Ei yhteinen kustannus",
    "setasidecost.taken_into": "Ei vielä haettu",
    "vote.casting_vote": "Äänet eivät menneet tasan",
}


def fields_of_the_admin():
    """(model and name, field) of every form of the admin and of its rows."""
    group = make_group(make_project())
    # Some choices are of the owner that the form's address names.
    request = RequestFactory().get("/", {"group": group.pk, "project": group.project_id})
    request.user = make_user(SYSTEM_ADMINISTRATOR)
    for model, model_admin in admin.site._registry.items():
        form = model_admin.get_form(request)
        rows = [
            (inline.model, inline.get_formset(request).form)
            for inline in model_admin.get_inline_instances(request)
        ]
        for of, each in [(model, form), *rows]:
            for name, field in each.base_fields.items():
                yield f"{of._meta.model_name}.{name}", field


def empty_words(field):
    """None if there is no empty choice."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.MultipleChoiceField):
        return None
    if not isinstance(field.widget, forms.Select):
        return None
    return next((str(words) for key, words in field.choices if key in {"", None}), None)


def test_every_choice_of_the_admin_says_what_an_empty_one_means():
    found = {
        name: (field.required, words)
        for name, field in fields_of_the_admin()
        if (words := empty_words(field)) is not None
    }

    required = {words for is_required, words in found.values() if is_required}
    optional = {name: words for name, (is_required, words) in found.items() if not is_required}
    assert required == {"Valitse"}
    assert {name: words for name, words in optional.items() if words != "Ei tiedossa"} == OWN_WORDS
    assert "company.municipality" in optional


def test_a_field_without_a_column_or_without_an_empty_choice_keeps_its_choices():
    optional = forms.ChoiceField(choices=[("", "-"), ("a", "A")], required=False)
    chosen = forms.ChoiceField(choices=[("a", "A")])

    for field in (optional, chosen):
        name_empty_choice(field)

    assert optional.choices == [("", "Ei tiedossa"), ("a", "A")]
    assert chosen.choices == [("a", "A")]
