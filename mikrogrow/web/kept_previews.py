"""The preview of an import has an address of its own, to which a person can come back until it is confirmed.

What it shows may name people, so the session holds one preview at a time, and for no longer than an hour.
"""

import time
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

PREVIEW = "preview"
SESSION_KEY = "_import_preview"
KEPT_FOR_S = 60 * 60


class KeptPreview:
    """Of one import, which `of` names; `fields` are what its form would send."""

    def __init__(self, request: HttpRequest, of: str) -> None:
        self.request = request
        self.of = of

    @property
    def is_asked_for(self) -> bool:
        return self.request.method == "GET" and PREVIEW in self.request.GET

    def keep(self, fields: Mapping[str, str]) -> str:
        """The address of the preview. What was kept before is forgotten."""
        self.request.session[SESSION_KEY] = [self.of, int(time.time()), dict(fields)]
        return f"{self.request.path}?{PREVIEW}"

    def fields(self) -> dict[str, str]:
        """Empty if there is no preview any more; then the page says so."""
        of, at, fields = self.request.session.get(SESSION_KEY, ("", 0, {}))
        if at + KEPT_FOR_S <= time.time():
            self.request.session.pop(SESSION_KEY, None)
        elif of == self.of:
            return dict(fields)
        self.warn()
        return {}

    def warn(self) -> None:
        sentence = _("Esikatselua ei enää ole. Jos tuonti jäi kesken, valitse tiedosto uudelleen.")
        messages.warning(self.request, sentence)

    def forget(self) -> None:
        self.request.session.pop(SESSION_KEY, None)
