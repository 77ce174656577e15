"""The number of a case in a register, in the shapes that Finnish authorities give it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.values.typed_text import excerpt


def validate_case_number(text: str) -> None:
    """Every authority writes its own, so only that it has a number is asked for."""
    if not re.search(r"[0-9]", text):
        raise ValidationError(
            _(
                "Luettiin ”%(text)s”. Asianumerossa on numeroita, esimerkiksi 4834/02.05.02.01/2017 tai "
                "HEL 2018-003543."
            ),
            params={"text": excerpt(text)},
        )
