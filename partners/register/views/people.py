"""Who has to do with a place, and what somebody may change about it."""

from typing import Any, NamedTuple

from accounts.models import User
from partners.register.enums import Reach
from partners.register.models import CONTACTS_ASKED_FOR, ManagerLink, Premises
from partners.register.services import user_can_manage_whole

FORMER_SHOWN = 10


class Manager(NamedTuple):
    link: ManagerLink
    is_self: bool
    # Only somebody whose own reach covers all of it may end or renew it.
    may_change: bool


def people_of_place(premises: Premises, actor: User) -> dict[str, Any]:
    """Gather managers, former managers and contacts for a page about a place."""
    links = ManagerLink.objects.of_premises(premises).select_related(
        "user", "premises", "region", "organisation", "ended_by"
    )
    open_links = list(links.open().order_by("started_at", "pk"))
    ended = links.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    wholes = {Reach(link.reach): link.whole for link in open_links}
    may_change = {
        reach: user_can_manage_whole(actor, whole) for reach, whole in wholes.items()
    }
    contacts = list(premises.contacts.order_by("pk"))
    return {
        "managers": [
            Manager(link, link.user_id == actor.pk, may_change[link.reach])
            for link in open_links
        ],
        "former_managers": list(ended[:FORMER_SHOWN]),
        "contacts": contacts,
        "contacts_missing": max(0, CONTACTS_ASKED_FOR - len(contacts)),
        "manager_addresses": {link.user.email for link in open_links},
    }
