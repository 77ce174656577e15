"""Makes ordered documents in a thread of whichever process takes them, one at a time in each process.

Processes know of each other only by the rows: a row is taken by one UPDATE, and taken over if who took it
has not been heard of. Every page that shows an order starts the thread, so that an order whose process died
goes on as soon as somebody looks.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.database.rows import delete_unheld
from mikrogrow.models import OPEN_PRINTS, PrintKind, PrintOrder, PrintState
from mikrogrow.pdf.render import PdfError, StoppedError

# Longer than a step may take.
SILENT_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)

# How much is done of how much, 0 if nobody knows; raises StoppedError if the order was cancelled, or another
# process has taken it over.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What was ordered, under the name that it is handed out by."""

    content: bytes
    file_name: str
    basis: str = ""


# Raises PdfError or ValidationError, which the order's page then explains.
Maker = Callable[[PrintOrder, Progress], Made]

logger = logging.getLogger(__name__)
_process = secrets.token_hex(16)
_lock = threading.Lock()


def order_print(*, key: str, user: Any, at: datetime, kind: str = PrintKind.COLLECTION) -> PrintOrder:
    """The open order of the same, if there is one: nothing is made twice at the same time."""
    forget_old(at)
    found = _open_order(kind, key)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return PrintOrder.objects.create(kind=kind, key=key, ordered_by=user, ordered_at=at)
    except IntegrityError:
        # Somebody ordered it at the same moment.
        return _open_order(kind, key) or order_print(kind=kind, key=key, user=user, at=at)


def _open_order(kind: str, key: str) -> PrintOrder | None:
    return PrintOrder.objects.filter(kind=kind, key=key, state__in=OPEN_PRINTS).defer("content").first()


def cancel(order: PrintOrder) -> None:
    _set(Q(pk=order.pk, state__in=OPEN_PRINTS), state=PrintState.CANCELLED)


def forget_old(at: datetime) -> None:
    delete_unheld(PrintOrder.objects.filter(ordered_at__lt=at - KEPT_FOR))


def start(make: Maker) -> threading.Thread | None:
    """Begins to work in a thread if there is something to do; beside another one it ends at once."""
    if not PrintOrder.objects.filter(_free(timezone.now())).exists():
        return None
    thread = threading.Thread(target=_work_alone, args=[make], name="prints", daemon=True)
    thread.start()
    return thread


def _work_alone(make: Maker) -> None:
    if not _lock.acquire(blocking=False):
        return
    try:
        work(make, worker=_process)
    except Exception:  # a thread has nobody else to tell
        logger.exception("Ordered documents could not be made")
    finally:
        _lock.release()
        connections.close_all()


def work(make: Maker, *, worker: str) -> None:
    """Makes what is ordered until nothing waits."""
    while (order := claim(worker)) is not None:
        _make(order, make, worker)


def claim(worker: str) -> PrintOrder | None:
    """The next order, now this worker's."""
    while True:
        now = timezone.now()
        found = PrintOrder.objects.filter(_free(now)).order_by("pk").values_list("pk", flat=True).first()
        if found is None:
            return None
        taken = {"state": PrintState.WORKING, "worker": worker, "seen_at": now, "done": 0, "of": 0}
        if _set(Q(pk=found) & _free(now), **taken):
            return PrintOrder.objects.defer("content").get(pk=found)


def _free(now: datetime) -> Q:
    silent = Q(state=PrintState.WORKING, seen_at__lt=now - SILENT_FOR)
    return Q(state=PrintState.WAITING) | silent


def _make(order: PrintOrder, make: Maker, worker: str) -> None:
    own = Q(pk=order.pk, worker=worker, state=PrintState.WORKING)

    def progress(done: int, of: int) -> None:
        if not _set(own, done=done, of=of, seen_at=timezone.now()):
            raise StoppedError

    try:
        made = make(order, progress)
    except StoppedError:
        return
    except (PdfError, ValidationError) as error:
        words = error.messages[0] if isinstance(error, ValidationError) else str(error)
        _set(own, state=PrintState.FAILED, problem=words)
    except Exception:  # whatever it was, the order must not wait for ever
        logger.exception("The document %s could not be made", order.key)
        problem = _("Kokoaminen keskeytyi virheeseen, joka on kirjattu lokiin. Kerro siitä ylläpitäjälle.")
        _set(own, state=PrintState.FAILED, problem=problem)
    else:
        _set(own, state=PrintState.DONE, sha256=sha256(made.content).hexdigest(), **vars(made))


def _set(which: Q, **values: Any) -> bool:
    return PrintOrder.objects.filter(which).update(**values) == 1
