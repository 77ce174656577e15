"""What all tests share."""

import sys
from ctypes import CDLL

import pytest
from django.test import TransactionTestCase, client
from hypothesis import settings

from mikrogrow.pdf.render import recent_documents
from tests.support.concurrency import shared_between_threads
from tests.support.demonstration import empty_tables
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
def _empty_what_tests_fill():
    """Empties the tables after a test that commits.

    Django's own flush also makes all permissions and triggers again, which takes most of such a test's time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_the_context_of_the_page():
    """Django's client would copy the context of every template that a page includes, too."""
    store_all = client.store_rendered_templates

    def store_first(store, *args, **options):
        if not store:
            store_all(store, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", store_first)
        yield


@pytest.fixture(autouse=True, scope="session")
def _every_document_is_laid_out():
    """A test that prints twice sees what is printed twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent_documents, "maximum", 0)
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
