from urllib.parse import urlsplit

from django.http import HttpRequest  # noqa: TID251 -- its headers are what this asks


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a form was sent from a page of ours, as far as the browser tells.

    For public forms, which have no cookie that a token could be compared with. Our
    public pages send no referrer, so an older browser names no origin: it says "null".
    What it sends may change nothing but the page that answers.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()
