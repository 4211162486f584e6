class OpenDataError(Exception):
    """A list that cannot be read, in words a person may read."""
