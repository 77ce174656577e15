"""Live figures: a token in a draft's text, such as {omarahoitus: eurolla}, filled in from the project's data.

A token names a figure in braces, and after a colon the form that its sentence asks. Plain functions over
plain values.
"""
