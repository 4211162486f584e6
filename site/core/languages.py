from django.conf import settings

# Those the words of English are translated into.
OTHER_LANGUAGES = tuple(
    code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
)


def spoken(language: str) -> str:
    """Return the language we may speak to a reader who wished for `language`.

    Our translations are drafts until a named person has confirmed them, and a wrong
    word about danger is worse than an English one: outside the demonstration only the
    languages of CONFIRMED_LANGUAGES are spoken, beside English.
    """
    if settings.DEMONSTRATION or language in settings.CONFIRMED_LANGUAGES:
        return language
    return settings.LANGUAGE_CODE
