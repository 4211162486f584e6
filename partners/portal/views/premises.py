from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from accounts.models import User
from core.panels import panels_for
from partners.portal.forms import PeopleFilter, PremisesSearch
from partners.portal.line_chart import year_of
from partners.portal.rendering import groups_of, home_facts, people_of
from partners.portal.week import NAMED_AT_HOME, week_of
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.views.managers import for_managers
from partners.training.coverage import Coverage, coverage_by_premises

PEOPLE_PER_PAGE = 50
PREMISES_PER_PAGE = 60


@require_GET
@login_required
def premises_list(request: HttpRequest) -> HttpResponse:
    managed = Premises.objects.managed_by(request.user)
    form = PremisesSearch(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = managed.matching(words) if words else managed
    page = Paginator(
        found.by_region().select_related("organisation", "region"), PREMISES_PER_PAGE
    ).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if len(shown) == 1 and not words and page.paginator.count == 1:
        return redirect("portal:premises", shown[0].key)
    coverage = coverage_by_premises(day=timezone.localdate(), premises=shown)
    context = {
        "form": form,
        "page_obj": page,
        "groups": groups_of(shown, coverage),
        "is_searched": bool(words),
        "has_search": page.has_other_pages() or bool(words),
        "query": f"{urlencode({'q': words})}&" if words else "",
    }
    return render(request, "portal/premises_list.html", context)


@require_GET
@for_managers
def home(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    today = timezone.localdate()
    counted = coverage_by_premises(day=today, premises=[premises])
    coverage = counted.get(premises.pk, Coverage())
    facts = home_facts(premises, manager, today=today)
    context = {
        **portal_context(premises, current="home"),
        "today": today,
        "coverage": coverage,
        "chart": year_of(
            premises, today=today, now=coverage, since=facts.taken_over_on
        ),
        "week": week_of(premises, today=today),
        "named_at_most": NAMED_AT_HOME,
        "has_printed_slips": facts.has_printed_slips,
        "has_others": facts.has_others,
        "panels": panels_for("premises.home", request, premises),
    }
    return render(request, "portal/home.html", context)


@require_GET
@for_managers
def people(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    today = timezone.localdate()
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    shows_left = wanted.get("show") == PeopleFilter.LEFT
    people_here = premises.spells.of_controller(premises)
    spells = people_here.select_related("staff_member")
    found = spells.left_before(today) if shows_left else spells.open_on_or_after(today)
    if words := wanted.get("q"):
        found = found.filter(staff_member__name__icontains=words)
    ordered = found.order_by("staff_member__name", "-started_on", "pk")
    page = Paginator(ordered, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **portal_context(premises, current="people"),
        "form": form,
        "page_obj": page,
        "rows": people_of(list(page.object_list), premises, today=today),
        "shows_left": shows_left,
        "is_filtered": bool(words),
        "query": f"{urlencode(wanted)}&" if any(wanted.values()) else "",
        "today": today,
    }
    return render(request, "portal/people.html", context)
