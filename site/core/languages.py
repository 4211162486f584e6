from django.conf import settings
from django.http import HttpRequest  # noqa: TID251 -- whose answer it is
from django.utils import translation
from django.utils.translation import get_language_info

from core.models import LanguageConfirmation
from core.remembering import once

# Those the words of English are translated into.
OTHER_LANGUAGES = tuple(
    code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
)


def spoken(language: str) -> str:
    """Return the language we may speak to a reader who wished for `language`.

    Our translations are drafts until a named person has confirmed them, and a wrong
    word about danger is worse than an English one: outside the demonstration only
    confirmed languages are spoken, beside English.
    """
    if language == settings.LANGUAGE_CODE or settings.DEMONSTRATION:
        return language
    return language if language in confirmed_languages() else settings.LANGUAGE_CODE


def spoken_languages() -> list[str]:
    """Return all languages a reader may choose from, English first."""
    if settings.DEMONSTRATION:
        return [settings.LANGUAGE_CODE, *OTHER_LANGUAGES]
    confirmed = confirmed_languages()
    return [
        settings.LANGUAGE_CODE,
        *(code for code in OTHER_LANGUAGES if code in confirmed),
    ]


def confirmed_languages() -> frozenset[str]:
    """Return the languages whose interface a named person has confirmed."""
    languages = LanguageConfirmation.objects.values_list("language", flat=True)
    return once("confirmed languages", lambda: frozenset(languages))


def speak(request: HttpRequest, wished: str) -> None:
    """Answer a request in the language wished for, or in English with a notice."""
    language = spoken(wished)
    translation.activate(language)
    request.LANGUAGE_CODE = language
    if language != wished:
        request.unconfirmed_language = wished  # type: ignore[attr-defined] # for the notice


def language_choices() -> list[dict[str, str]]:
    """Return the languages a reader may choose from, each in its own words."""
    names = dict(settings.LANGUAGES)
    return [
        {
            "code": code,
            "name": str(names[code]),
            "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
        }
        for code in spoken_languages()
    ]
