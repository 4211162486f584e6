from copy import copy

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from campaigns.guidance.links import site_of
from campaigns.guidance.models import PublicPage
from core.remembering import once


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Find the English page of an address, then the reader's language of it.

    So an address means the same in every language, a page that is not translated yet
    still answers, and one that is no longer published is gone in all of them.
    """
    site = site_of(request)
    if site is None:
        raise Http404
    steps = [step for step in path.split("/") if step]
    # Its own words are read only where it is the page that is asked for.
    words = "specific_deferred" if steps else "specific"
    home = once(("home", site.pk, words), lambda: getattr(site.root_page, words))
    # A copy, because what is remembered is shared with other readers.
    found = copy(home).route(request, steps)
    read = found.page
    if isinstance(read, PublicPage):
        read = read.in_language(get_language())
    # Where Wagtail looks before it begins to search.
    vars(request)["_wagtail_route_for_request"] = RouteResult(
        read, found.args, found.kwargs
    )
    answer: HttpResponse = serve(request, path)
    return answer
