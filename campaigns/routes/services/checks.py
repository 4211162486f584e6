from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from campaigns.routes.enums import NUMBER_KINDS, CheckOutcome, FactStatus
from campaigns.routes.models import Route, RouteCheck, RouteFact
from campaigns.routes.rules import next_check, problem_with_value
from core.audit import record


class RouteError(Exception):
    """Refuse a change of a route, in words for the person who asked."""


@transaction.atomic
def record_check(
    *,
    route: Route,
    by: User,
    outcome: CheckOutcome,
    confirmed: Collection[int] = (),
    new_values: Mapping[int, str] | None = None,
    note: str = "",
    today: date,
) -> RouteCheck:
    """Write down that somebody rang, and what is still right.

    `confirmed` are the pks of the facts that are right now: verified from today. A fact
    with a new value that is not among them is no longer verified, and so leaves the
    public pages. A dead number leaves them too, unless the route is protected: then it
    stays and is due again at once. Audited.
    :raises RouteError: for a route of another area, or an answer that makes no sense.
    """
    facts = _own_facts(route, by=by)
    changes = {
        pk: value.strip()
        for pk, value in (new_values or {}).items()
        if pk in facts and value.strip() != facts[pk].value
    }
    right = {pk for pk in confirmed if pk in facts}
    _refuse_senseless(outcome, right=right, changes=changes, note=note)
    if route.is_protected and changes.keys() - right:
        raise RouteError(
            _("This route is never hidden. Tick the new value once you have tried it.")
        )
    for pk, value in changes.items():
        _change(facts[pk], value, among=facts.values())
    for pk in right:
        confirm_fact(facts[pk], route=route, by=by, on=today)
    if outcome == CheckOutcome.DEAD:
        _doubt_numbers(route, facts, but=right, today=today)
    for fact in facts.values():
        fact.save()
    check = RouteCheck.objects.create(
        route=route, made_by=by, made_on=today, outcome=outcome, note=note.strip()
    )
    record(
        "route.checked",
        route,
        actor=by,
        check=check.pk,
        outcome=outcome,
        confirmed=sorted(right),
        changed=sorted(changes),
    )
    return check


def confirm_fact(fact: RouteFact, *, route: Route, by: User, on: date) -> None:
    """Mark a fact as checked by this person; the caller saves it."""
    fact.status = FactStatus.VERIFIED
    fact.checked_on = on
    fact.check_by = next_check(on, every_days=route.check_every_days)
    fact.checked_by = by
    fact.checked_role = next((role for role in Role if by.has_role(role)), "")


def doubt_fact(fact: RouteFact) -> None:
    """Take back that a fact is verified; the caller saves it."""
    fact.status = FactStatus.TO_CHECK
    fact.checked_on = None
    fact.check_by = None
    fact.checked_by = None
    fact.checked_role = ""


def _own_facts(route: Route, *, by: User) -> dict[int, RouteFact]:
    """Lock the facts of a route and return them by pk, in order."""
    if not Route.objects.visible_to(by).filter(pk=route.pk).exists():
        raise RouteError(_("This route belongs to another area."))
    # Not `route.facts`: where facts were fetched for a page before, modelcluster's
    # manager answers a new question with the facts of every route.
    own = RouteFact.objects.filter(route=route).select_for_update()
    return {fact.pk: fact for fact in own.order_by("pk")}


def _refuse_senseless(
    outcome: CheckOutcome,
    *,
    right: Collection[int],
    changes: Mapping[int, str],
    note: str,
) -> None:
    if outcome == CheckOutcome.RIGHT and changes:
        raise RouteError(
            _("You wrote a new value: choose “Something has changed” then.")
        )
    if outcome == CheckOutcome.RIGHT and not right:
        raise RouteError(_("Tick what is still right."))
    if outcome == CheckOutcome.CHANGED and not (changes or note.strip()):
        raise RouteError(_("Write the new value, or say in the note what changed."))
    if outcome == CheckOutcome.UNANSWERED and (right or changes):
        raise RouteError(
            _("When nobody answered, leave the ticks and new values empty.")
        )


def _change(fact: RouteFact, value: str, *, among: Collection[RouteFact]) -> None:
    longest = RouteFact._meta.get_field("value").max_length
    if problem := problem_with_value(fact.kind, value):
        raise RouteError(problem)
    if longest and len(value) > longest:
        raise RouteError(_("A value has room for %(n)d characters.") % {"n": longest})
    if any(other.kind == fact.kind and other.value == value for other in among):
        raise RouteError(_("“%(value)s” is there already.") % {"value": value})
    fact.value = value
    fact.link_status = ""
    fact.link_detail = ""
    doubt_fact(fact)


def _doubt_numbers(
    route: Route, facts: Mapping[int, RouteFact], *, but: Collection[int], today: date
) -> None:
    for pk, fact in facts.items():
        if fact.kind not in NUMBER_KINDS or pk in but:
            continue
        if route.is_protected:
            fact.check_by = today - timedelta(days=1)
        else:
            doubt_fact(fact)
