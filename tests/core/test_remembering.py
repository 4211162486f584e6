import pytest

from core.remembering import LIMIT, Remembered, once, shared_by_readers


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def greet(calls: list[str]):
    def make(name: str, language: str = "en") -> str:
        calls.append(name)
        return f"{name} ({language})"

    return lambda name, language="en": once(
        (name, language), lambda: make(name, language)
    )


def test_what_is_shared_is_made_once_for_the_readers_of_a_generation(greet, calls):
    memory: Remembered = {}

    for _ in range(2):
        with shared_by_readers(memory):
            assert greet("Ann") == "Ann (en)"
            assert greet("Ann", "pl") == "Ann (pl)"

    assert calls == ["Ann", "Ann"]


def test_what_is_shared_is_made_anew_in_the_next_generation(greet, calls):
    for _generation in range(2):
        with shared_by_readers({}):
            greet("Ann")

    assert calls == ["Ann", "Ann"]


def test_what_is_shared_is_made_anew_where_no_reader_is(greet, calls):
    with shared_by_readers({}):
        greet("Ann")

    greet("Ann")
    greet("Ann")

    assert calls == ["Ann", "Ann", "Ann"]


def test_remembering_has_an_end(greet):
    memory: Remembered = {}

    with shared_by_readers(memory):
        made = [greet(str(number)) for number in range(LIMIT + 1)]

    assert len(memory) == LIMIT
    assert made[-1] == f"{LIMIT} (en)"
