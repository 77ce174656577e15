"""What all tests share."""

import sys
from ctypes import CDLL

import pytest
from hypothesis import settings

# No test is timed: another process on the same cores must not make one fail.
settings.register_profile("mikrogrow", deadline=None)
settings.load_profile("mikrogrow")


class SkipsWhatPrints:
    """Finds WeasyPrint on a machine without Pango, and skips the test that wanted to print with it."""

    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            pytest.skip("PDFs are not printed here: Pango is not installed")


def pytest_configure(config):
    try:
        CDLL("libpango-1.0.so.0")
    except OSError:
        sys.meta_path.insert(0, SkipsWhatPrints())
