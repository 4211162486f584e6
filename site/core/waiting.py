"""Wait for the first answer of a web server: `python -m core.waiting ADDRESS`.

Only the standard library is imported: waiting must not slow down what is waited for.
"""

import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

PATIENCE = 120.0
PAUSE = 0.2


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10):  # noqa: S310 -- our own server
            return True
    except HTTPError:
        # An error page is an answer: the server runs, and its log says the rest.
        return True
    except (OSError, HTTPException):
        return False


def wait_for(address: str, *, patience: float = PATIENCE) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if answers(address):
            return True
        time.sleep(PAUSE)
    return False


if __name__ == "__main__":
    if not wait_for(sys.argv[1]):
        sys.exit(f"No answer from {sys.argv[1]} within {PATIENCE:.0f} seconds.")
