"""Builds the rows, runs every benchmark and prints the table: python -m tests.benchmarks [rounds]."""

import os
import platform
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from tests.benchmarks.measure import HEAD, ROUNDS  # noqa: E402
from tests.benchmarks.runs import all_results  # noqa: E402


def main(rounds: int) -> None:
    """Prints machine, versions and one line for each benchmark as soon as it is measured."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with connection.cursor() as cursor:
            version = "sqlite_version()" if connection.vendor == "sqlite" else "version()"
            cursor.execute(f"SELECT {version}")
            (database,) = cursor.fetchone()
        write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        write(f"Django {django.__version__}, {connection.vendor} {database[:40]}, {rounds} rounds")
        write(HEAD)
        results = []
        for result in all_results(rounds, is_postgres=connection.vendor == "postgresql"):
            write(str(result))
            results.append(result)
        goals = [result for result in results if result.reach is not None]
        write(f"{sum(result.is_met for result in goals)} of {len(goals)} goals met")
    finally:
        runner.teardown_databases(databases)


def write(line: str) -> None:
    """A line on the standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
