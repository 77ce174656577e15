"""The demonstration: the project of a real public decision, and three invented ones."""

from mikrogrow.demonstration.load import Loaded, OtherCityError, archive_prints, load_demonstration

__all__ = ["Loaded", "OtherCityError", "archive_prints", "load_demonstration"]
