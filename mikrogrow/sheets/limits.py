"""How much of an uploaded sheet is read."""

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 500, 40, 12
LONGEST_CELL = 300

# In place of a formula's value that the file does not have; no file can hold this character.
NO_VALUE = "\x00"
