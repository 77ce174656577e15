"""How gunicorn serves, by script/server or by a city's own: gunicorn --config python:mikrogrow.serving"""

import ctypes
import os
from typing import Any

from mikrogrow.environment import env

# mallopt(3)
_M_ARENA_MAX = -8

_host = env.str("HOST", default="127.0.0.1")
_port = env.int("PORT", default=8000)

wsgi_app = "mikrogrow.wsgi"
bind = f"[{_host.strip('[]')}]:{_port}" if ":" in _host else f"{_host}:{_port}"
workers = env.int("WEB_CONCURRENCY", default=2)
# With threads, a silent connection does not hold up the others.
threads = 4
graceful_timeout = 1
loglevel = "warning"
# Nobody controls gunicorn while it runs, so it needs no control socket.
control_socket_disable = True


def _share_memory() -> None:
    # By itself glibc gives each thread an arena of its own, and each keeps what its largest document took.
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 2)


_share_memory()


def worker_int(worker: Any) -> None:
    # On Ctrl-C at once, even if a thread still waits for a silent client.
    os._exit(0)
