"""What all tests share."""

import sys
from ctypes import CDLL

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

from mikrogrow.database.frozen import drop_triggers, make_triggers
from tests.support.concurrency import shared_between_threads
from tests.support.factories import make_user

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


@pytest.fixture(autouse=True, scope="session")
def _flush_what_is_approved():
    """Lets a test that commits be cleaned up after: what is approved or decided cannot even be flushed."""
    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(case):
        drop_triggers()
        flush(case)
        make_triggers()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_triggers)
        yield


@pytest.fixture
def threads(transactional_db, tmp_path):
    """Lets a test begin several transactions at once, on SQLite too."""
    with shared_between_threads(tmp_path):
        yield


@pytest.fixture
def viewer(client):
    """Somebody who may read everything."""
    client.force_login(make_user(username="katselija"))
    return client
