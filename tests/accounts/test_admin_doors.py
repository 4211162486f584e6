"""Who may open the admin at all, at every address that is in it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from wagtail.log_actions import log

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from core.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory

pytestmark = pytest.mark.django_db

# Drawings and words of the admin itself, which its error pages need too.
OPEN = {"/cms/sprite/", "/cms/jsi18n/", "/cms/login/"}
SITE_HISTORY = "/cms/reports/site-history/"


def addresses(patterns: Iterable[Any], above: str = "/") -> Iterator[str]:
    """Yield an address for each pattern, with a 1 or an x where it wants something."""
    for pattern in patterns:
        own = above + str(pattern.pattern).lstrip("^").rstrip("$")
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, own)
        elif "(" not in own and ".*" not in own:
            yield re.sub(r"<\w*:?\w+>", "x", re.sub(r"<int:\w+>", "1", own))


def admin_addresses() -> list[str]:
    found = {
        address
        for address in addresses(get_resolver().url_patterns)
        if address.startswith("/cms/") and address not in OPEN
    }
    assert len(found) > 300
    return sorted(found)


def answers(client: Client, address: str) -> set[str]:
    got = (client.get(address), client.post(address))
    return {
        response.headers.get("Location", str(response.status_code)) for response in got
    }


def names(patterns: Iterable[Any], above: str = "") -> Iterator[str]:
    """Yield the name of each address, with the namespaces around it."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            own = f"{above}{pattern.namespace}:" if pattern.namespace else above
            yield from names(pattern.url_patterns, own)
        elif pattern.name:
            yield above + pattern.name


def test_no_list_is_hidden_behind_that_of_another_room():
    lists = {
        name
        for name in names(get_resolver().url_patterns)
        if name.endswith((":list", ":index"))
    }

    assert len(lists) > 20
    assert {n for n in lists if resolve(reverse(n)).view_name != n} == set()


def test_people_without_work_in_the_admin_open_nothing(client_of, area):
    others = [Role.MANAGER, Role.TESTER, Role.BOARD]
    client = client_of(UserFactory.create(roles=others, areas=[area]))

    opened = {a: answers(client, a) for a in admin_addresses()}

    assert {a: told for a, told in opened.items() if told != {"403"}} == {}


def test_strangers_are_sent_to_sign_in_whatever_they_ask_for(client):
    opened = {a: answers(client, a) for a in admin_addresses()}

    # Wagtail's own way to a new password is closed: ours is the only door.
    closed = {a for a, told in opened.items() if told == {"404"}}
    assert {a.split("/")[2] for a in closed} == {"password_reset"}
    assert {
        a: told
        for a, told in opened.items()
        if a not in closed and told != {f"/accounts/login/?next={a}"}
    } == {}


@pytest.mark.parametrize("asked", ("", "results/", "?export=csv"))
@pytest.mark.parametrize(
    ("role", "is_near", "is_told"),
    (
        (Role.OFFICER, True, True),
        (Role.OFFICER, False, False),
        (Role.AREA_LEAD, False, False),
        (Role.EDITOR, True, True),
        (Role.EDITOR, False, False),
    ),
)
def test_site_history_tells_of_own_areas(
    client_of, area: Area, role, is_near, is_told, asked
):
    grant_permissions()
    campaign = CampaignFactory.create(areas=[area], name="Quiet season")
    log(instance=campaign, action="wagtail.edit", content_changed=True)
    own = area if is_near else AreaFactory.create()
    client = client_of(UserFactory.create(roles=[role], areas=[own]))

    response = client.get(SITE_HISTORY + asked)

    told = response.getvalue().decode()
    assert response.status_code == 200
    assert ("Quiet season" in told) == is_told
