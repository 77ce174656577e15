"""The login form, and the forms that give a new password: to oneself and to somebody else."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.web.login_throttle import count_own_password, forget_own_password

# The same whether the name, the password or the number of tries is the reason.
REFUSED = gettext_lazy(
    "Käyttäjätunnus tai salasana on väärä. Tarkista molemmat; isot ja pienet kirjaimet erotetaan."
)


class LoginForm(AuthenticationForm):
    """Django's login form in our words; it never says whether the name or the password was wrong."""

    error_messages = {"invalid_login": REFUSED, "inactive": REFUSED}


class OwnPasswordForm(PasswordChangeForm):
    """Django's form in our words; each error stands at the field where it is mended."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": gettext_lazy("Nykyinen salasana on väärä. Kirjoita se uudelleen."),
        "password_mismatch": gettext_lazy("Tässä on eri salasana kuin edellä. Kirjoita sama uusi salasana."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["old_password"].label = _("Nykyinen salasana")
        self.fields["new_password1"].label = _("Uusi salasana")
        self.fields["new_password2"].label = _("Uusi salasana uudelleen")
        # The page lists the rules.
        self.fields["new_password1"].help_text = self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        # Whoever finds an open session must not guess it here.
        if not count_own_password(self.user):
            raise ValidationError(
                _("Nykyinen salasana oli väärä liian monta kertaa. Odota 15 minuuttia ja yritä uudelleen.")
            )
        password = super().clean_old_password()
        forget_own_password(self.user)
        return password

    def clean(self) -> dict[str, Any]:
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password1")
        new = self.cleaned_data.get("new_password1")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password1", _("Uusi salasana on sama kuin nykyinen. Valitse toinen."))
        return forms.Form.clean(self) or {}

    def save(self, commit: bool = True) -> Any:
        self.user.set_password(self.cleaned_data["new_password1"])
        if commit:
            # Only this: the account may have been closed meanwhile.
            self.user.save(update_fields=["password"])
        return self.user


class AccountPasswordForm(AdminPasswordChangeForm):
    """Django's form with its one untranslated sentence in Finnish; the form's script looks for the list."""

    # Any, because the stubs know no lazy texts here.
    usable_password_help_text: Any = format_lazy(
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        gettext_lazy("Pois päältä: käyttäjä ei voi kirjautua salasanalla, ja nykyinen salasana häviää."),
    )
