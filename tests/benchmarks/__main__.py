"""Builds the rows, runs every benchmark, prints the table.

python -m tests.benchmarks [--large] [rounds], or python -m tests.benchmarks --load [seconds]: a city at work.
"""

import os
import platform
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from tests.benchmarks import load  # noqa: E402
from tests.benchmarks.large import large_results  # noqa: E402
from tests.benchmarks.measure import HEAD, ROUNDS  # noqa: E402
from tests.benchmarks.runs import all_results  # noqa: E402


def main(rounds: int, *, is_large: bool) -> None:
    """Prints machine, versions and one line for each benchmark as soon as it is measured.

    `is_large` measures lists of ten thousand projects instead, which takes some minutes to build.
    """
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
        is_postgres = connection.vendor == "postgresql"
        found = large_results(rounds) if is_large else all_results(rounds, is_postgres=is_postgres)
        for result in found:
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
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    if "--load" in sys.argv:
        sys.exit(load.main(*numbers or [load.SECONDS]))
    main(*numbers or [ROUNDS], is_large="--large" in sys.argv)
