"""The figures of a text against each other."""
