"""What many public pages need, read once in each generation by each process.

Menus, routes and signs are the same on page after page. While a public page is made
(`core.middleware.PageCacheMiddleware`), what a `remembered` function returns is kept
for as long as the generation lasts. Elsewhere, in the admin, in jobs and in tests, it
is made anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

# One for each language and purpose; more would be a mistake that fills the memory.
LIMIT = 500

type Remembered = dict[Hashable, Any]

_shared: ContextVar[Remembered | None] = ContextVar("remembered", default=None)


@contextmanager
def shared_by_readers(memory: Remembered) -> Iterator[None]:
    token = _shared.set(memory)
    try:
        yield
    finally:
        _shared.reset(token)


def remembered[**Arguments, Made](
    make: Callable[Arguments, Made],
) -> Callable[Arguments, Made]:
    """Make the same thing once per generation: nobody may change what is returned."""

    @wraps(make)
    def recall(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        memory = _shared.get()
        if memory is None:
            return make(*args, **kwargs)
        key = (make, args, frozenset(kwargs.items()))
        if key not in memory:
            made = make(*args, **kwargs)
            if len(memory) >= LIMIT:
                return made
            memory[key] = made
        known: Made = memory[key]
        return known

    return recall
