"""The application's settings with the floors' addresses, on a database in a file as a city has it."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

ROOT_URLCONF = "tests.benchmarks.urls"
# The tests' own environment would watch every template and keep its context.
ALLOWED_HOSTS = ["testserver"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATABASES["default"]["NAME"]) + ".benchmark"}
