"""Environment variables that a city sets: one reader for settings, server and commands."""

import os

from environ import Env

env = Env()
# An empty variable counts as unset.
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}


def words(name: str, default: list[str]) -> list[str]:
    return [word for word in env.list(name, cast=str.strip, default=default) if word]
