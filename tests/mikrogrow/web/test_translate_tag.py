"""The quick `translate` says what Django's own says."""

import pytest
from django.template import Context, Engine
from django.utils import translation

OURS = Engine(libraries={"i18n": "mikrogrow.web.translate_tag"})
DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})
VALUES = {"name": "<Hanke>"}
TAGS = [
    '{% translate "Päätös" %}',
    "{% translate 'Päätös' %}",
    '{% translate "Log in" %}',
    '{% trans "Log in" %}',
    '{% translate "" %}',
    '{% translate "A & <b> \\"c\\"" %}',
    '{% translate "100 %" %} {% translate "50 %% %(x)s" %}',
    '{% translate "Log in" as words %}[{{ words }}|{{ words|length }}]',
    '{% translate "a < b" as words %}[{{ words }}{{ words|upper }}]',
    '{% translate "Log in" noop %}',
    '{% translate "Log in" context "button" %}',
    '{% translate "log in"|capfirst %}',
    "{% translate name %}",
    "{% blocktranslate %}Nimi {{ name }}{% endblocktranslate %}{% get_current_language as at %}{{ at }}",
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("tag", TAGS)
def test_a_text_is_translated_and_escaped_as_django_does(tag, language):
    def rendered(engine):
        return engine.from_string("{% load i18n %}" + tag).render(Context(VALUES))

    with translation.override(language):
        assert rendered(OURS) == rendered(DJANGOS)
