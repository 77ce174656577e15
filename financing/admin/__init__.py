"""Editing money: importing the modules registers their forms."""

from financing.admin import plans, shared

__all__ = ["plans", "shared"]
