from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.learning.models import Module, ModuleVersion


def module_content(questions: int = 4) -> dict[str, Any]:
    """Return a small module; option `b` is always right, the first must be right."""
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
