"""The checks of the reconciliation, one function each, over plain values.

Codes and rules: DOMAIN.md section 2. A check never changes a figure: it says both, and their difference.
A difference that rounding alone explains is a note, a larger one an error.
"""
