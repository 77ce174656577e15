"""Reads the figures of a decision's text: amounts, percentages, days and counts, in all their spellings.

Works on plain text, without a database. Its time grows with the length of the text: each pattern looks a
bounded number of characters ahead and behind.
"""
