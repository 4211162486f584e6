"""What leaves in a spreadsheet."""

import re

# With one of these at its head, a spreadsheet runs a cell instead of showing it. A cell
# that is marked already is marked again, so that taking one mark off gives it back.
RUNS = re.compile(r"[ ']*[=+\-@\t\r]")


def neutral(value: object) -> str:
    """Return a cell that a spreadsheet shows and never runs."""
    text = str(value)
    return f"'{text}" if RUNS.match(text) else text


def as_written(cell: str) -> str:
    """Return what stood in a cell before `neutral` marked it."""
    return cell[1:] if cell[:1] == "'" and RUNS.match(cell) else cell


# For `custom_value_preprocess` of Wagtail's spreadsheet exports.
NEUTRAL_CELLS = {str: {"csv": neutral, "xlsx": neutral}}
