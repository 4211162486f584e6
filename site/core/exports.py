"""What leaves in a spreadsheet."""

# With one of these at its head, a spreadsheet runs a cell instead of showing it.
RUNS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: object) -> str:
    """Return a cell that a spreadsheet shows and never runs."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(RUNS) else text


# For `custom_value_preprocess` of Wagtail's spreadsheet exports.
NEUTRAL_CELLS = {str: {"csv": neutral, "xlsx": neutral}}
