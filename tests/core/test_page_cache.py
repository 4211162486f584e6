from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from core.generation import bump, expect_change
from core.page_cache import (
    OVERHEAD,
    Clock,
    Generation,
    GenerationReader,
    KeptPage,
    PageMemory,
)

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
FIRST = Generation(1, has_changed=False, day=NOON.date())
SECOND = FIRST._replace(number=2)
KEY = ("https", "signs.example", "/hotels/")


class StoppedClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.seconds = 0.0
        self.begin = now

    def tick(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return self.begin + timedelta(seconds=self.seconds)


def reader_of(clock: StoppedClock) -> GenerationReader:
    return GenerationReader(Clock(tick=clock.tick, now=clock.now))


def page(body: bytes = b"<p>Ring 101</p>") -> KeptPage:
    return KeptPage(body, {"Content-Type": "text/html"})


def key(number: int) -> tuple[str, str, str]:
    return ("https", "signs.example", f"/{number}/")


@pytest.mark.django_db
def test_generation_is_read_once_a_second(django_assert_num_queries):
    clock = StoppedClock()
    reader = reader_of(clock)

    with django_assert_num_queries(1):
        for clock.seconds in (0.0, 0.5, 0.99):
            reader.current()
    clock.seconds = 1.0
    with django_assert_num_queries(1):
        reader.current()


@pytest.mark.django_db
def test_generation_changes_within_a_second_of_a_bump():
    clock = StoppedClock()
    reader = reader_of(clock)
    before = reader.current()

    bump()

    assert reader.current() == before
    clock.seconds = 1.0
    assert reader.current() != before


@pytest.mark.django_db
def test_generation_changes_when_an_expected_change_has_come():
    clock = StoppedClock()
    expect_change(NOON + timedelta(seconds=10))
    reader = reader_of(clock)
    before = reader.current()

    clock.seconds = 9.0
    assert reader.current() == before
    clock.seconds = 10.0
    after = reader.current()

    assert before is not None
    assert after == before._replace(has_changed=True)


@pytest.mark.django_db
def test_generation_changes_at_midnight():
    clock = StoppedClock(datetime(2026, 11, 18, 23, 59, 58, tzinfo=UTC))
    reader = reader_of(clock)
    before = reader.current()

    clock.seconds = 2.0
    after = reader.current()

    assert before is not None
    assert after == before._replace(day=before.day + timedelta(days=1))


@pytest.mark.django_db
def test_generation_is_unknown_while_the_database_cannot_tell():
    clock = StoppedClock()
    reader = reader_of(clock)

    def refuse(*_query: object) -> None:
        raise DatabaseError

    assert reader.current() is not None
    clock.seconds = 1.0
    with connection.execute_wrapper(refuse):
        assert reader.current() is None
    assert reader.current() is not None


def test_page_is_found_in_its_generation_only():
    memory = PageMemory(limit=100_000)
    kept = page()
    memory.find(FIRST, KEY)
    memory.keep(FIRST, KEY, kept)

    assert memory.find(FIRST, KEY) is kept
    assert memory.find(SECOND, KEY) is None
    assert memory.size == 0


def test_page_made_while_the_generation_changed_is_not_kept():
    memory = PageMemory(limit=100_000)
    memory.find(FIRST, KEY)
    memory.find(SECOND, KEY)

    memory.keep(FIRST, KEY, page())

    assert memory.find(SECOND, KEY) is None
    assert memory.size == 0


def test_page_asked_for_longest_ago_goes_when_memory_is_full():
    size = page().size
    memory = PageMemory(limit=2 * size)
    for number in (1, 2):
        memory.find(FIRST, key(number))
        memory.keep(FIRST, key(number), page())
    memory.find(FIRST, key(1))

    memory.keep(FIRST, key(3), page())

    found = [number for number in (1, 2, 3) if memory.find(FIRST, key(number))]
    assert found == [1, 3]
    assert memory.size == 2 * size


def test_page_larger_than_the_memory_is_not_kept():
    memory = PageMemory(limit=OVERHEAD)
    memory.find(FIRST, KEY)

    memory.keep(FIRST, KEY, page())

    assert memory.find(FIRST, KEY) is None


def test_page_kept_twice_counts_once():
    memory = PageMemory(limit=100_000)
    memory.find(FIRST, KEY)

    memory.keep(FIRST, KEY, page())
    memory.keep(FIRST, KEY, page())

    assert memory.size == page().size


def test_memory_counts_rightly_when_threads_share_it():
    size = page().size
    memory = PageMemory(limit=5 * size)

    def ask(number: int) -> None:
        generation = FIRST._replace(number=number // 400)
        if memory.find(generation, key(number % 9)) is None:
            memory.keep(generation, key(number % 9), page())

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(2_000)))

    assert memory.generation is not None
    assert memory.size == size * sum(
        memory.find(memory.generation, key(number)) is not None for number in range(9)
    )
    assert 0 < memory.size <= 5 * size


def test_pages_with_the_same_content_have_the_same_name():
    assert page(b"one").etag == page(b"one").etag
    assert page(b"one").etag != page(b"two").etag
