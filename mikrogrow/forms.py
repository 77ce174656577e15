"""The login form."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Django's login form with our words; it never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."
        ),
        "inactive": _(
            "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."
        ),
    }
