"""The login form, and the form that gives somebody else a new password."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm, AuthenticationForm
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Django's login form in our words; it never says whether the name or the password was wrong."""

    error_messages = {
        "invalid_login": _(
            "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."
        ),
        "inactive": _(
            "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."
        ),
    }


class AccountPasswordForm(AdminPasswordChangeForm):
    """Django's form with its one untranslated sentence in Finnish; the form's script looks for the list."""

    # Any, because the stubs know no lazy texts here.
    usable_password_help_text: Any = format_lazy(
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("Pois päältä: käyttäjä ei voi kirjautua salasanalla, ja nykyinen salasana häviää."),
    )
