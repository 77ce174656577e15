"""Editing money: importing the modules registers their forms."""

from financing.admin import invoices, plans, shared, sharing

__all__ = ["invoices", "plans", "shared", "sharing"]
