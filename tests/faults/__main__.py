"""Tries each fault on the served application and says what was seen; ends with 1 if something did not hold.

python -m tests.faults [NAME …] [--kills=30] [--away=60], on SQLite or in a database beside DATABASE_URL's.
"""

import sys
from collections.abc import Iterator

from tests.faults.away import database_away
from tests.faults.clock import clock_set_back
from tests.faults.disk import disk_full
from tests.faults.kills import workers_killed
from tests.faults.seen import Seen

FAULTS = {"kills": workers_killed, "disk": disk_full, "away": database_away, "clock": clock_set_back}


def main(words: list[str]) -> int:
    options = dict(word.removeprefix("--").split("=") for word in words if word.startswith("--"))
    names = [word for word in words if not word.startswith("--")] or list(FAULTS)
    numbers = {"kills": int(options.get("kills", 30)), "away": int(options.get("away", 60))}
    did_all_hold = True
    for name in names:
        for seen in _seen(name, numbers.get(name)):
            sys.stdout.write(f"{'ok  ' if seen.holds else 'FAIL'} {name}: {seen.what}\n")
            sys.stdout.flush()
            did_all_hold &= seen.holds
    return 0 if did_all_hold else 1


def _seen(name: str, number: int | None) -> Iterator[Seen]:
    return FAULTS[name](number) if number is not None else FAULTS[name]()  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
