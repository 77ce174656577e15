"""What the basics keep in the database: how often somebody has tried to log in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginAttempts(models.Model):
    """How many times a name, an address or both together tried to log in since a moment."""

    key = models.CharField(_("tunnus"), max_length=80, unique=True)
    since = models.DateTimeField(_("alkaen"))
    count = models.PositiveIntegerField(_("yrityksiä"), default=0)

    class Meta:
        verbose_name = _("kirjautumisyritykset")
        verbose_name_plural = _("kirjautumisyritykset")

    def __str__(self) -> str:
        return self.key
