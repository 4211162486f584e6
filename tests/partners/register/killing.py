"""Runs work in processes that die at the n-th statement they send; also a script.

Started as one with a JSON list of steps, `[path, kwargs, n]`: the job at the dotted
path is called in a child, which ends itself with SIGKILL before its n-th statement; 0
lets it finish. One process sets Django up and the children are copies of it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.db import connection, connections
from django.utils.module_loading import import_string

_inherited: list[Any] = []


class Killer:
    """Counts what is sent to the database."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)


def run_and_die(work: Callable[[], object], last: int) -> bool:
    """Do the work in a copy of this process that is killed at its n-th statement.

    Return whether it lived to the end.
    """
    connections.close_all()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        return not os.WIFSIGNALED(status)
    _leave_to_the_parent()
    with connection.execute_wrapper(Killer(last)):
        work()
    os._exit(0)


def _leave_to_the_parent() -> None:
    """Take no connection along into a child: it opens one of its own.

    A browser test leaves its event loop in the parent, and Django keeps connections
    apart with a loop and without. The child has no loop: it would find, and use, one
    that the parent could not see to close. What is found is kept, so that nothing
    closes it from here.
    """
    for inherited in connections.all(initialized_only=True):
        _inherited.append(inherited.connection)
        inherited.connection = None


def run(path: str, kwargs: dict[str, Any], last: int) -> str:
    """Return how the child ended: "killed", "done" or "failed"."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with connection.execute_wrapper(Killer(last)):
                import_string(path).call(**kwargs)
            code = 0
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "failed" if os.WEXITSTATUS(status) else "done"


def main() -> None:
    django.setup()
    database = sys.argv[1]
    connection.settings_dict["NAME"] = database
    steps = json.loads(sys.argv[2])
    sys.stdout.write(json.dumps([run(*step) for step in steps]))


if __name__ == "__main__":
    main()
