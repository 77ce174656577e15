"""The secret key: from the environment, or generated once into a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key in SECRET_KEY, else the one in `path`, generated there with mode 0600 if missing."""
    # Not by django-environ, which takes a value that begins with $ for the name of another variable.
    if from_environment := os.environ.get("SECRET_KEY"):
        return from_environment
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and linked, so that another process never reads a half-written file.
        aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            aside.unlink()
    return path.read_text().strip()
