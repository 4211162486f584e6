import pytest
from django.core.exceptions import ValidationError

from campaigns.learning.validators import validate_content
from tests.factories.learning import module_content


def test_sound_content_passes():
    validate_content(module_content())


def no_title(content):
    content["title"] = ""


def no_pass_mark(content):
    del content["pass_mark"]


def no_lessons(content):
    content["lessons"] = []


def empty_lesson(content):
    content["lessons"][0]["parts"] = []


def nothing_must_be_right(content):
    content["questions"][0]["must_get_right"] = False


def repeated_id(content):
    content["questions"][1]["id"] = "q1"


def repeated_option(content):
    content["questions"][0]["options"][1]["id"] = "a"


def two_right(content):
    content["questions"][0]["options"][0]["correct"] = True


def one_option(content):
    del content["questions"][0]["options"][0]


def no_explanation(content):
    content["questions"][0]["options"][0]["explain"] = ""


def no_question_text(content):
    content["questions"][0]["text"] = ""


def only_for_some(content):
    content["questions"][0]["roles"] = ["bar"]


def lessons_for_some(content):
    for lesson in content["lessons"]:
        lesson["roles"] = ["bar"]


def asks_too_many(content):
    content["ask"] = 5


def telephone_number(content):
    content["lessons"][1]["parts"][0]["paragraphs"] = ["Ring 01709 555 0123 at 22.40."]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    (
        (no_title, "The module has no title."),
        (no_pass_mark, "The pass mark must be from 1 to 100."),
        (no_lessons, "The module has no lesson that everybody reads."),
        (lessons_for_some, "The module has no lesson that everybody reads."),
        (empty_lesson, "The lesson “Lesson 1” has no title or no text."),
        (
            nothing_must_be_right,
            "At least one question must be one that everybody has to get right.",
        ),
        (
            only_for_some,
            "At least one question must be one that everybody has to get right.",
        ),
        (
            asks_too_many,
            "There are fewer questions for everybody than are to be asked.",
        ),
        (repeated_id, "“q1” stands more than once in the module."),
        (repeated_option, "“a” stands more than once in a question."),
        (two_right, "The question “Question 1?” needs exactly one right answer."),
        (one_option, "The question “Question 1?” needs at least two answers."),
        (
            no_explanation,
            "The answer “Wait” of “Question 1?” needs a text and an explanation.",
        ),
        (no_question_text, "The question “q1” has no text."),
        (
            telephone_number,
            "“01709 555 0123” looks like a telephone number. Place a route instead.",
        ),
    ),
)
def test_each_fault_has_its_sentence(spoil, sentence):
    content = module_content()
    spoil(content)

    with pytest.raises(ValidationError) as refused:
        validate_content(content)

    assert refused.value.messages == [sentence]
