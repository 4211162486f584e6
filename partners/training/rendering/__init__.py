from partners.training.rendering.learners import (
    Choice,
    ModuleCard,
    choices_of,
    missed_questions,
    module_cards,
    url_after_lesson,
    url_of_lesson,
    url_of_place,
    url_of_question,
)
from partners.training.rendering.sessions import (
    facts_of,
    history_of,
    hours_of,
    places_found,
    places_of,
    tone_of,
)

__all__ = [
    "Choice",
    "ModuleCard",
    "choices_of",
    "facts_of",
    "history_of",
    "hours_of",
    "missed_questions",
    "module_cards",
    "places_found",
    "places_of",
    "tone_of",
    "url_after_lesson",
    "url_of_lesson",
    "url_of_place",
    "url_of_question",
]
