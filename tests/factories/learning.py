from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.learning.loading import write_content
from campaigns.learning.models import Module, ModuleVersion


def module_content(questions: int = 4) -> dict[str, Any]:
    """Return a small module; option `b` is always right, the first must be right."""
    return {
        "shape": 2,
        "language": "en",
        "title": "At reception",
        "summary": "What to notice and what to do.",
        "support_note": "If this is hard to read, talk to someone you trust.",
        "support_routes": [],
        "skip_note": "",
        "roles": ["reception"],
        "minutes": 10,
        "ask": 0,
        "pass_mark": 80,
        "lessons": [
            {
                "id": f"lesson-{number}",
                "language": "en",
                "title": f"Lesson {number}",
                "roles": [],
                "alternative": "",
                "parts": [{"kind": "text", "paragraphs": ["Look, ask, call."]}],
            }
            for number in (1, 2)
        ],
        "questions": [
            {"roles": [], "language": "en", **question}
            for question in first_content(questions)["questions"]
        ],
    }


def first_content(questions: int = 4) -> dict[str, Any]:
    """Return the same module in the first shape, as old versions keep it."""
    return {
        "title": "At reception",
        "summary": "What to notice and what to do.",
        "support_note": "If this is hard to read, talk to someone you trust.",
        "support_routes": [],
        "roles": ["reception"],
        "minutes": 10,
        "pass_mark": 80,
        "lessons": [
            {
                "id": f"lesson-{number}",
                "title": f"Lesson {number}",
                "body": ["Look, ask, call."],
                "points": [],
                "say": "",
                "signs": [],
                "routes": [],
            }
            for number in (1, 2)
        ],
        "questions": [
            {
                "id": f"q{number}",
                "text": f"Question {number}?",
                "must_get_right": number == 1,
                "options": [
                    {"id": "a", "text": "Wait", "correct": False, "explain": "Call."},
                    {"id": "b", "text": "Call 999", "correct": True, "explain": "Yes."},
                ],
            }
            for number in range(1, questions + 1)
        ],
    }


class ModuleFactory(DjangoModelFactory[Module]):
    class Meta:
        model = Module

    slug = factory.Sequence(lambda n: f"module-{n}")
    title = factory.Sequence(lambda n: f"Module {n}")


class ModuleVersionFactory(DjangoModelFactory[ModuleVersion]):
    class Meta:
        model = ModuleVersion

    module = factory.SubFactory(ModuleFactory)
    number = 1
    language = "en"
    content = factory.LazyFunction(module_content)
    published_at = factory.LazyFunction(timezone.now)


class AuthoredModuleFactory(ModuleFactory):
    """A module as editors have it; give `content` for other words."""

    @classmethod
    def _create(cls, model_class: type[Module], *args: Any, **given: Any) -> Module:
        content = given.pop("content", None) or module_content()
        module: Module = super()._create(model_class, *args, **given)
        cls.write(module, content)
        return module

    @staticmethod
    def write(module: Module, content: dict[str, Any]) -> None:
        """Save the row as the editor's form would."""
        write_content(module, content)
