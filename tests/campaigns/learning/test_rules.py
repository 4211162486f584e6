import pytest

from campaigns.learning.enums import WorkRole
from campaigns.learning.rules.course import course_of
from campaigns.learning.rules.shape import SHAPE, sign_keys, upgraded
from campaigns.learning.rules.words import (
    OPENING,
    block_hash,
    blocks_of,
    changed_parts,
    delta_of,
    fingerprints_of,
    translated_block,
    words_of,
)
from partners.register.enums import StaffRole
from tests.factories.learning import first_content, module_content


def ids(parts):
    return [part["id"] for part in parts]


def pool(*, ask: int, questions: int = 8):
    return {**module_content(questions=questions), "ask": ask}


def test_roles_of_modules_are_those_of_the_register():
    assert WorkRole.choices == StaffRole.choices


def test_content_of_today_is_read_as_it_is():
    content = module_content()

    assert upgraded(content) is content


def test_content_of_the_first_shape_is_read_like_one_of_today():
    content = first_content()
    content["lessons"][0] |= {"say": "“Hello.”", "signs": ["cash"], "points": ["Ask."]}

    words = upgraded(content)

    assert (words["shape"], words["ask"], words["language"]) == (SHAPE, 0, "en")
    assert [part["kind"] for part in words["lessons"][0]["parts"]] == [
        "text",
        "signs",
        "say",
        "points",
    ]
    assert words["questions"][0]["options"] == content["questions"][0]["options"]
    assert [*sign_keys(content)] == ["cash"]
    # What asked everything still does, in the order it was written.
    assert ids(course_of(content, seed="a")["questions"]) == ["q1", "q2", "q3", "q4"]


def test_same_seed_asks_the_same_in_the_same_order():
    content = pool(ask=5)

    first, again = (course_of(content, seed="one") for _ in range(2))
    other = course_of(content, seed="two")

    assert first == again
    assert len(first["questions"]) == 5
    assert ids(first["questions"]) != ids(other["questions"])
    assert {*ids(first["questions"][0]["options"])} == {"a", "b"}


@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
def test_what_must_be_right_is_always_asked(seed):
    content = pool(ask=2)
    content["questions"][6]["must_get_right"] = True

    assert {*ids(course_of(content, seed=seed)["questions"])} == {"q1", "q7"}


def test_person_meets_what_is_for_everybody_and_for_their_roles():
    content = module_content()
    content["lessons"][1]["roles"] = ["bar"]
    content["questions"][1]["roles"] = ["bar", "security"]

    desk = course_of(content, roles=["reception"])
    door = course_of(content, roles=["reception", "security"])
    unknown = course_of(content)

    assert (ids(desk["lessons"]), ids(desk["questions"])) == (
        ["lesson-1"],
        ["q1", "q3", "q4"],
    )
    assert ids(door["questions"]) == ["q1", "q2", "q3", "q4"]
    assert ids(unknown["lessons"]) == ["lesson-1", "lesson-2"]


def test_delta_asks_all_that_has_changed_and_nothing_else():
    content = pool(ask=2)

    course = course_of(content, seed="one", only=["lesson-2", "q2", "q3", "q4"])

    assert ids(course["lessons"]) == ["lesson-2"]
    assert {*ids(course["questions"])} == {"q2", "q3", "q4"}


def test_changed_words_and_keys_are_changes_and_a_kinder_way_round_is_none():
    before, content = module_content(), module_content()
    content["lessons"][0]["alternative"] = "Ring 999."
    content["lessons"][1]["parts"].append({"kind": "routes", "keys": ["101"]})
    content["questions"][2]["options"][0]["explain"] = "Call at once."

    assert changed_parts(content, before) == ["lesson-2", "q3"]
    assert changed_parts(content, content) == []


def test_delta_gathers_what_required_one_and_is_still_there():
    content = module_content()
    since = [(True, ["q2", "gone"]), (False, ["q3"]), (True, ["lesson-1"])]

    assert delta_of(since, content) == ["lesson-1", "q2"]
    assert delta_of([(False, ["q3"])], content) == []


def test_blocks_are_the_opening_each_lesson_and_each_question():
    blocks = blocks_of(module_content())

    assert [*blocks] == [OPENING, "lesson-1", "lesson-2", "q1", "q2", "q3", "q4"]
    assert words_of(blocks["q1"]) == {
        ".text": "Question 1?",
        ".options.a.text": "Wait",
        ".options.a.explain": "Call.",
        ".options.b.text": "Call 999",
        ".options.b.explain": "Yes.",
    }
    assert words_of(blocks["lesson-1"]) == {
        ".title": "Lesson 1",
        ".parts.0.paragraphs.0": "Look, ask, call.",
    }


def test_block_is_translated_as_a_whole_or_not_at_all():
    block = blocks_of(module_content())["q1"]
    words = {place: f"PL {text}" for place, text in words_of(block).items()}

    whole = translated_block(block, words)
    gap = translated_block(block, words | {".options.a.explain": " "})

    assert whole is not None
    assert whole["options"][1] == {
        "id": "b",
        "text": "PL Call 999",
        "correct": True,
        "explain": "PL Yes.",
    }
    assert gap is None


def test_fingerprints_remember_earlier_words_that_mean_the_same():
    before, content = module_content(), module_content()
    content["questions"][0]["text"] = "Question one?"
    first = fingerprints_of(before, before={}, is_same_meaning=False)
    old, new = (block_hash(one["questions"][0]) for one in (before, content))

    same = fingerprints_of(content, before=first, is_same_meaning=True)
    other = fingerprints_of(content, before=first, is_same_meaning=False)
    back = fingerprints_of(before, before=same, is_same_meaning=False)

    assert (same["q1"], other["q1"], back["q1"]) == ([new, old], [new], [old, new])
    assert same["q2"] == other["q2"] == first["q2"]
