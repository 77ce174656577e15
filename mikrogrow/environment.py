"""What a city sets from outside: one reader of environment variables for settings, server and commands."""

import os

from environ import Env

env = Env()
# A variable that is set to nothing means what an unset one means.
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}


def words(name: str, default: list[str]) -> list[str]:
    """The words of a variable, separated by commas; spaces around them do not count."""
    return [word for word in env.list(name, cast=str.strip, default=default) if word]
