"""Editing money: importing the modules registers their forms."""

from financing.admin import claims, forecasts, invoices, pass_through, plans, revenue, shared, sharing

__all__ = ["claims", "forecasts", "invoices", "pass_through", "plans", "revenue", "shared", "sharing"]
