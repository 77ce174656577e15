"""Reads a decision that exists already: header, officials, parts and annexes, in the layouts of many bodies.

Works on plain text, without a database. A field that is not understood for certain is left empty, and no word
is lost: what belongs to no field is in `unread`. Its time grows with the length of the text.
"""
