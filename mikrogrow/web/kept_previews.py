"""The preview of an import has an address of its own, to which a person can come back until it is confirmed.

Each tab of a browser has its own preview. What one shows may name people, so it is kept for no longer than an
hour, and a person has only so many.
"""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.database.rows import delete_unheld, forget_all_but
from mikrogrow.models import ImportPreview

PREVIEW = "preview"
KEPT_FOR = timedelta(hours=1)
# More tabs hardly wait for the same person at one moment.
MOST_OF_A_PERSON = 10
_KEY = re.compile(r"[\w-]{16,32}", re.ASCII)


class KeptPreview:
    """Of the import that the request's path names; its fields are what its form would send."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        asked = request.GET.get(PREVIEW, "")
        # No database is asked for what no key can be.
        self.key = asked if _KEY.fullmatch(asked) else ""
        self._of_person = ImportPreview.objects.filter(user_id=request.user.pk or 0)

    @property
    def is_asked_for(self) -> bool:
        return self.request.method == "GET" and PREVIEW in self.request.GET

    def keep(self, fields: Mapping[str, Any]) -> str:
        """The address of the preview. The form of a preview that is kept sends to it again."""
        self.key = self.key or token_urlsafe(16)
        ImportPreview.objects.update_or_create(
            user_id=self.request.user.pk or 0,
            path=self.request.path,
            key=self.key,
            defaults={"content": json.dumps(fields), "kept_at": timezone.now()},
        )
        forget_all_but(self._of_person.order_by("-kept_at", "-pk"), MOST_OF_A_PERSON)
        return f"{self.request.path}?{PREVIEW}={self.key}"

    def fields(self) -> dict[str, Any]:
        """Empty if there is no preview any more; then the page says so."""
        row = self._row.filter(kept_at__gt=timezone.now() - KEPT_FOR).first()
        if row is None:
            self.warn()
            return {}
        return dict(json.loads(row.content))

    def warn(self) -> None:
        sentence = _("Esikatselua ei enää ole. Jos tuonti jäi kesken, valitse tiedosto uudelleen.")
        messages.warning(self.request, sentence)

    def forget(self) -> None:
        self._row.delete()

    @property
    def _row(self) -> QuerySet[ImportPreview]:
        return self._of_person.filter(path=self.request.path, key=self.key)


def forget_old_previews() -> None:
    delete_unheld(ImportPreview.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR))
