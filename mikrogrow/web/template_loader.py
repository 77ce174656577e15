"""Reads our templates without the white space that is there for people only.

Their indentation would be half of a page's bytes; a line break inside a link would be underlined with it.
"""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\n[ \t]+")
# Of what is underlined.
BREAK_AFTER_START = re.compile(r"(<(?:a|summary)\b[^<>]*>)\n")
BREAK_BEFORE_END = re.compile(r"\n(</(?:a|summary)>)")


class Loader(FilesystemLoader):
    def get_contents(self, origin: Origin) -> str:
        text = INDENTATION.sub("\n", super().get_contents(origin))
        return BREAK_BEFORE_END.sub(r"\1", BREAK_AFTER_START.sub(r"\1", text))
