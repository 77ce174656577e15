"""Checks the figures of a decision's text: against the data, and against each other.

Works on plain values, without a database. A false alarm is worse than a miss: what is neither near a figure
of the data nor said to be one is shown as none of the project's, and is no finding.
"""
