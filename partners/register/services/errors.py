class RegisterError(Exception):
    """Something the register refuses; the message is for the person who asked."""
