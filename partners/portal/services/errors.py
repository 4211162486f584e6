class PortalError(Exception):
    """Something the portal refuses; the message is for the person who asked."""
