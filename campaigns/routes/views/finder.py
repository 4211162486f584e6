from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.routes.enums import ANYWHERE, HELP_PATH, Matter, Urgency
from campaigns.routes.finder import right_now, whom_to_tell
from campaigns.routes.models import ServedPlace
from campaigns.routes.rendering import RouteCard, routes_by_wish
from core.enums import AreaKind
from core.models import Area
from core.origin import is_from_here
from core.page_cache import kept


@kept
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Ask how urgent it is. Nothing is kept of what is answered, in any step."""
    return render(request, "routes/finder.html", {"urgencies": _later_urgencies()})


@kept
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    routes = right_now(language=_language(), today=timezone.localdate())
    return render(request, "routes/now.html", {"routes": routes})


@kept
@require_safe
def every_route(request: HttpRequest) -> HttpResponse:
    wishes = routes_by_wish(language=_language(), today=timezone.localdate())
    return render(request, "routes/every_route.html", {"wishes": wishes})


@kept
@require_safe
def matter(request: HttpRequest, urgency: str) -> HttpResponse:
    """Ask what it is about; who asks for themselves is led to help, not asked more."""
    context = {
        "urgency": _urgency_or_404(urgency),
        "matters": [choice for choice in Matter if choice != Matter.ME],
        "about_me": Matter.ME,
        "help_url": reverse("wagtail_serve", args=[HELP_PATH]),
    }
    return render(request, "routes/matter.html", context)


@kept
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest, urgency: str, matter: str) -> HttpResponse:
    """Ask for the area. A typed place is sent, so that it stands in no address."""
    when, what = _urgency_or_404(urgency), _matter_or_404(matter)
    context: dict[str, Any] = {"urgency": when, "matter": what}
    context |= {"areas": _areas(), "anywhere": ANYWHERE}
    if request.method != "POST":
        return render(request, "routes/where.html", context)
    is_ours = is_from_here(request)
    place = (
        ServedPlace.objects.named(request.POST.get("place", "")) if is_ours else None
    )
    if place is not None:
        answer_url = reverse("routes:answer", args=[urgency, matter, place.area.slug])
        return _see_other(answer_url)
    context |= {"routes": _answer(when, what, area=None), "is_unknown": True}
    status = 200 if is_ours else 403
    return render(request, "routes/where.html", context, status=status)


@kept
@require_safe
def answer(
    request: HttpRequest, urgency: str, matter: str, area_slug: str
) -> HttpResponse:
    """Show whom to tell, local routes first; the page is made to be printed too."""
    area = None
    if area_slug != ANYWHERE:
        area = get_object_or_404(Area, slug=area_slug)
    when, what = _urgency_or_404(urgency), _matter_or_404(matter)
    routes = _answer(when, what, area=area)
    context = {"urgency": when, "matter": what, "area": area, "routes": routes}
    return render(request, "routes/answer.html", context)


def _language() -> str:
    return get_language() or "en"


def _later_urgencies() -> list[Urgency]:
    return [choice for choice in Urgency if choice != Urgency.NOW]


def _urgency_or_404(value: str) -> Urgency:
    if value not in Urgency or value == Urgency.NOW:
        raise Http404
    return Urgency(value)


def _matter_or_404(value: str) -> Matter:
    if value not in Matter or value == Matter.ME:
        raise Http404
    return Matter(value)


def _areas() -> list[Area]:
    """Return the districts by name; a force without districts is its own area."""
    areas = list(Area.objects.order_by("name", "pk"))
    districts = [area for area in areas if area.kind == AreaKind.DISTRICT]
    return districts or areas


def _answer(urgency: Urgency, matter: Matter, *, area: Area | None) -> list[RouteCard]:
    return whom_to_tell(
        urgency=urgency,
        matter=matter,
        area=area,
        language=_language(),
        today=timezone.localdate(),
    )


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
