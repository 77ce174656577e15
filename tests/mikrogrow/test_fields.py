import contextlib
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financing.models import Appropriation, FinancingLine
from mikrogrow.fields import DateFormField, EuroFormField, PercentFormField, PlainTextFormField
from mikrogrow.values.money import LARGEST, format_amount
from projects.models import Decision, Project
from tests.support.factories import make_appropriation, make_line, make_part, make_plan, make_project

NBSP = "\u00a0"
PARSED = (EuroFormField, PercentFormField, DateFormField)
# The database is left as it was found by each example, so one set-up serves them all.
in_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

HOSTILE = [
    "\0",
    "5\0",
    "\ud800",
    "٣",
    "−",
    "59\u202f953\u2009",
    "\t59\n953\r",
    "9" * 100_000,
    "NaN",
    "-Infinity",
    "<script>alert(1)</script>",
    "%(read)s %s",
    "{{ 7 }}",
]

any_text = st.text(st.characters(exclude_categories=())) | st.sampled_from(HOSTILE)


def money_form(data=None, **options):
    return modelform_factory(Appropriation, fields=["name", "amount"])(data, **options)


@given(any_text)
def test_no_text_makes_a_field_raise_anything_but_a_validation_error(text):
    for kind in PARSED:
        field = kind(required=False)
        try:
            field.clean(text)
        except ValidationError as refused:
            assert len(refused.messages) == 1
        field.has_changed(None, text)
        field.has_changed(text, text)


@given(any_text)
def test_a_form_with_any_text_is_shown_again(text):
    class AnyForm(forms.Form):
        amount = EuroFormField(required=False)
        share = PercentFormField(required=False)
        day = DateFormField(required=False)

    form = AnyForm({"amount": text, "share": text, "day": text})

    form.is_valid()
    assert form.as_p().count("<input") == 3


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_a_model_form_shows_hostile_text_as_text(text):
    form = money_form({"name": "Määräraha", "amount": text})

    form.is_valid()

    assert "<script>" not in form.as_p()


@pytest.mark.django_db
def test_a_model_form_keeps_what_was_typed_and_says_what_is_wrong():
    form = money_form({"name": "Määräraha", "amount": "59.95"})

    assert form.errors == {
        "amount": [f"Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5{NBSP}995."]
    }
    assert form["amount"].value() == "59.95"


@pytest.mark.django_db
def test_a_model_form_saves_what_was_meant():
    form = money_form({"name": "Määräraha", "amount": "59 953,50 €"})

    assert form.save().amount == Decimal("59953.50")


@pytest.mark.django_db
def test_a_stored_amount_is_shown_in_the_finnish_way():
    appropriation = make_appropriation(amount=Decimal("59953.00"))

    assert money_form(instance=appropriation)["amount"].value() == f"59{NBSP}953"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "stored", "changed"),
    [
        ("59 953,00 €", Decimal("59953"), False),
        ("59 954", Decimal("59953"), True),
        ("", Decimal("0.00"), True),
        ("0", None, True),
        ("0", Decimal("0.00"), False),
        ("", None, False),
        ("59.95", Decimal("59.95"), True),
    ],
)
def test_a_change_is_a_change_of_what_is_meant(typed, stored, changed):
    appropriation = make_appropriation(name="Määräraha", amount=stored)
    form = money_form({"name": "Määräraha", "amount": typed}, instance=appropriation)

    assert form.has_changed() is changed


@pytest.mark.django_db
def test_emptying_a_zero_makes_it_unknown():
    appropriation = make_appropriation(name="Määräraha", amount=0)

    money_form({"name": "Määräraha", "amount": ""}, instance=appropriation).save()

    appropriation.refresh_from_db()
    assert appropriation.amount is None


def test_a_disabled_field_never_changes():
    assert EuroFormField(disabled=True).has_changed(Decimal(1), "2") is False


def test_a_required_field_refuses_an_empty_text():
    with pytest.raises(ValidationError) as refused:
        EuroFormField().clean("\u00a0")

    assert refused.value.messages == ["Täytä tämä kenttä."]


def test_a_day_is_shown_in_the_browsers_date_control():
    field = DateFormField()

    assert 'type="date"' in field.widget.render("day", date(2017, 4, 1))
    assert 'value="2017-04-01"' in field.widget.render("day", date(2017, 4, 1))
    assert 'value="2017-04-01"' in field.widget.render("day", "1.4.2017")
    assert "value" not in field.widget.render("day", None)


def test_what_is_no_day_stays_in_a_text_field():
    shown = DateFormField().widget.render("day", "31.4.2017")

    assert 'type="text"' in shown
    assert 'value="31.4.2017"' in shown


@pytest.mark.django_db
def test_a_model_form_reads_a_day_in_either_way():
    form = modelform_factory(Project, fields=["starts_on", "ends_on"])

    read = form({"starts_on": "1.4.2017", "ends_on": "2019-12-31"}, instance=make_project())

    assert read.is_valid()
    assert (read.instance.starts_on, read.instance.ends_on) == (date(2017, 4, 1), date(2019, 12, 31))


@pytest.mark.django_db
def test_every_amount_comes_back_from_the_database_as_it_went():
    row = make_appropriation()

    @in_database
    @given(st.decimals(0, LARGEST, places=2))
    def comes_back(amount):
        Appropriation.objects.filter(pk=row.pk).update(amount=amount)
        stored = Appropriation.objects.get(pk=row.pk).amount
        assert stored == amount
        assert format_amount(stored) == format_amount(amount)

    comes_back()


@pytest.mark.django_db
def test_every_percentage_comes_back_from_the_database_as_it_went():
    row = make_line(make_plan(make_part(make_project())))

    @in_database
    @given(st.decimals(0, 100, places=3))
    def comes_back(share):
        FinancingLine.objects.filter(pk=row.pk).update(stated_share=share)
        assert FinancingLine.objects.get(pk=row.pk).stated_share == share

    comes_back()


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [LARGEST, Decimal("0.01"), Decimal(0), None])
def test_the_ends_of_the_range_come_back_from_the_database(amount):
    row = make_appropriation(amount=amount)

    row.refresh_from_db()

    assert row.amount == amount


@pytest.mark.django_db
def test_more_than_two_decimals_are_refused_and_not_rounded():
    with pytest.raises(ValidationError):
        Appropriation(name="Määräraha", amount=Decimal("0.005")).full_clean()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("•\tEka\r\n•\tToka\u00a0kohta", "- Eka\n- Toka kohta"),
        (f"59{NBSP}953{NBSP}€", f"59{NBSP}953{NBSP}€"),
        ("a\u202eb\u200b", "ab"),
        ("", ""),
    ],
)
def test_a_long_text_is_cleaned_of_what_came_along_when_it_was_pasted(typed, stored):
    assert PlainTextFormField(required=False).clean(typed) == stored


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        (
            "Eka.\n\nToka 🚀",
            ["Osa Ehdot, 2. kappale: merkkiä ”🚀” (U+1F680) ei voi tulostaa. Poista se tai korvaa se."],
        ),
        ("\u200b", ["Täytä tämä kenttä."]),
        (
            "x" * 11 + "\u200b" * 9,
            ["Tämän arvon tulee olla enintään 15 merkkiä pitkä (tällä hetkellä 20)."],
        ),
        ("a\0b", ["Tyhjiä merkkejä (null) ei sallita."]),
    ],
)
def test_a_long_text_that_cannot_be_kept_says_why(typed, sentences):
    with pytest.raises(ValidationError) as refused:
        PlainTextFormField(label="ehdot", max_length=15).clean(typed)

    assert refused.value.messages == sentences


@given(any_text)
def test_any_text_is_cleaned_or_refused(text):
    with contextlib.suppress(ValidationError):
        cleaned = PlainTextFormField(required=False).clean(text)
        assert PlainTextFormField(required=False).clean(cleaned) == cleaned


def test_to_the_database_a_long_text_is_a_text_like_any_other():
    assert Decision._meta.get_field("conditions").deconstruct()[1] == "django.db.models.TextField"
