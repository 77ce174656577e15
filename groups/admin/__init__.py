"""Editing regions, companies and groups: importing the modules registers their forms."""

from groups.admin import companies, experiments, groups, indicators, meetings, regions

__all__ = ["companies", "experiments", "groups", "indicators", "meetings", "regions"]
