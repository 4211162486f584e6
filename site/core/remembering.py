"""What many public pages need, read once in each generation by each process.

Menus, routes and signs are the same on page after page. While a public page is made
(`core.middleware.PageCacheMiddleware`), what is made by `once` is kept for as
long as the generation lasts. Elsewhere, in the admin, in jobs and in tests, it is made
anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# Some hundreds of things in five languages; a key that readers choose would fill it.
LIMIT = 5_000

type Remembered = dict[Hashable, Any]

_shared: ContextVar[Remembered | None] = ContextVar("remembered", default=None)


@contextmanager
def shared_by_readers(memory: Remembered) -> Iterator[None]:
    token = _shared.set(memory)
    try:
        yield
    finally:
        _shared.reset(token)


def once[Made](key: Hashable, make: Callable[[], Made]) -> Made:
    """Make the same thing once per generation: nobody may change what is returned."""
    memory = _shared.get()
    if memory is None:
        return make()
    if key not in memory:
        made = make()
        if len(memory) >= LIMIT:
            return made
        memory[key] = made
    known: Made = memory[key]
    return known
