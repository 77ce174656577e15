"""What all tests share."""

import sys
from contextlib import contextmanager
from ctypes import CDLL

import pytest
from django.db import connection, transaction
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


# What migrating has made, and no test that commits changes: roles with their rights.
MADE_ONCE = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}


@pytest.fixture(autouse=True, scope="session")
def _empty_what_tests_fill():
    """Empties the tables after a test that commits: approved rows too, which nothing else may delete.

    Django's own flush also makes all permissions and triggers again, which takes most of such a test's time.
    """

    def empty(case):
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with without_triggers(), transaction.atomic(), connection.cursor() as cursor:
            # Faster than TRUNCATE on PostgreSQL: nearly all of them are empty.
            for table in sorted(set(names) - MADE_ONCE):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@contextmanager
def without_triggers():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
    else:
        drop_triggers()
        yield
        make_triggers()


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
