"""Editing money: importing the modules registers their forms."""

from financing.admin import plans, shared, sharing

__all__ = ["plans", "shared", "sharing"]
