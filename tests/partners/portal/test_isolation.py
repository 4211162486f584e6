"""Every address of the portal, tried by everybody who has no business there.

The addresses come from the resolver. Whoever adds one says in `things_of` what of the
house stands in it, or the tests fail; what is read and sent is then tried for them.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from campaigns.learning.models import ModuleVersion
from media.print.services import issue_pack
from partners.followups.enums import TaskState
from partners.followups.models import FollowUpTask, TaskEvent, TaskEvidence
from partners.register.models import Premises, Spell, StaffMember, StagedImport
from partners.register.services import change_owner, confirm_columns, stage_import
from partners.training.models import Completion, PersonalLink, Slip
from partners.training.services import make_personal_link, print_slips
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.learning import ModuleVersionFactory
from tests.factories.outbox import MessageFactory
from tests.factories.register import (
    ContactFactory,
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.training import (
    CompletionFactory,
    RequirementFactory,
    TrainingSessionFactory,
)
from tests.factories.visits import make_visit
from tests.partners.portal.addresses import (
    filled,
    nothing_in,
    routes_under,
    words_in,
)
from tests.partners.portal.test_bulletins import issue
from tests.partners.register.spreadsheets.files import as_csv

pytestmark = pytest.mark.django_db

# Sent to every address: what one form or another asks for.
BODY = {
    "name": "Mallory",
    "email": "mallory@elsewhere.example",
    "phone": "07700900123",
    "note": "Taken over",
    "reason": "Taken over",
    "role": "bar",
    "shift": "day",
    "started_on": "2026-11-02",
    "last_day": "2026-11-17",
    "language": "pl",
    "place": "Bar",
    "is_wanted": "",
}
# Asked by people who have no premises yet.
OPEN_TO_ALL = {
    "partners/join/",
    "partners/join/sent/",
    "partners/join/call/",
    "partners/join/confirm/<str:token>/",
}
# A list of one's own premises: it names no house.
WITHOUT_HOUSE = {"partners/"}


class House(NamedTuple):
    """A house with one of everything, and the words nobody else may read."""

    premises: Premises
    manager: User
    spell: Spell
    staged: StagedImport
    things: dict[str, Any]
    slip: dict[str, str]
    bulletin: str

    @property
    def body(self) -> dict[str, str]:
        return BODY | {
            "staff": self.spell.staff_member.key,
            "bulletin": self.bulletin,
        }

    @property
    def secrets(self) -> list[str]:
        return [
            "Harbour View",
            "Ana Kowalska",
            "ana@home.example",
            "Zoë Nowak",
            "Contact of the house",
            self.manager.email,
        ]


@pytest.fixture
def house(area, officer, now, index) -> House:
    premises = PremisesFactory.create(area=area, name="Harbour View")
    link = ManagerLinkFactory.create(premises=premises)
    contact = ContactFactory.create(premises=premises, name="Contact of the house")
    spell = SpellFactory.create(
        premises=premises,
        staff_member__name="Ana Kowalska",
        staff_member__email="ana@home.example",
    )
    version = ModuleVersionFactory.create()
    RequirementFactory.create(module=version.module)
    staged = checked_import(premises, link.user)
    task, evidence = done_task(premises, officer, now)
    person = spell.staff_member
    [printed] = print_slips(
        premises=premises, staff_members=[person], actor=link.user, now=timezone.now()
    )
    make_personal_link(staff_member=person, premises=premises, now=timezone.now())
    MessageFactory.create(about=premises.key, reader=person.key)
    return House(
        premises=premises,
        manager=link.user,
        spell=spell,
        staged=staged,
        things={
            "partners": premises.key,
            "contacts": contact.pk,
            "managers": link.pk,
            "people": spell.pk,
            "data": person.key,
            "import": staged.key,
            "rows": staged.rows.get().number,
            "posters": CodeFactory.create(premises=premises).text,
            "team-talks": version.module.slug,
            "tasks": task.key,
            "files": evidence.key,
            "feedback": task.visit.key,
            "sessions": TrainingSessionFactory.create(
                at=premises, version=version, opened=True, starts_at=timezone.now()
            ).key,
            "certificates": certificate_of(person, version).certificate_code,
            "form of certificates": "card",
            "evidence": issue_pack(
                premises=premises, actor=link.user, now=timezone.now()
            ).code,
            "form of evidence": "pdf",
        },
        slip={
            "staff_code": printed.staff_code,
            "personal_code": printed.code,
            "pin": printed.pin,
        },
        bulletin=str(issue(index).translation_key),
    )


def certificate_of(person: StaffMember, version: ModuleVersion) -> Completion:
    today = timezone.localdate()
    return CompletionFactory.create(
        staff_member=person,
        module=version.module,
        valid_from=today,
        valid_until=today + timedelta(days=365),
    )


def checked_import(premises: Premises, manager: User) -> StagedImport:
    now = timezone.now()
    staged = stage_import(
        premises=premises,
        filename="staff.csv",
        content=as_csv(
            [["Name", "Role", "Start date"], ["Zoë Nowak", "Wizard", "2/11/2026"]]
        ),
        actor=manager,
        now=now,
    )
    return confirm_columns(
        staged=staged,
        fields=["name", "role", "started_on"],
        is_day_first=True,
        actor=manager,
        now=now,
    )


def done_task(
    premises: Premises, officer: User, now: Any
) -> tuple[FollowUpTask, TaskEvidence]:
    GapRuleFactory.create()
    tester = UserFactory.create(roles=[Role.TESTER], areas=[premises.area])
    visit = make_visit(premises=premises, tester=tester, planned_by=officer)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get(premises=premises)
    event = TaskEvent.objects.create(task=task, at=now, to_state=TaskState.OPEN)
    evidence = TaskEvidence(task=task, event=event, content_type="application/pdf")
    evidence.file.save("evidence.pdf", ContentFile(b"%PDF-1.7"))
    return task, evidence


@pytest.fixture
def visitors(house, client_of, now) -> dict[str, Client]:
    """Return everybody who is signed in somehow and has no business in the house."""
    learner = Client()
    learner.post("/train/", house.slip)
    assert "learner" in learner.session
    ended = ManagerLinkFactory.create(premises=house.premises, ended_at=now)
    return {
        "manager of another organisation": client_of(ManagerLinkFactory.create().user),
        "ex-manager": client_of(ended.user),
        "learner of the house": learner,
    }


def of_a_house() -> list[str]:
    """Return the addresses in which a house stands: all but those named above."""
    return [
        route
        for route in routes_under("partners/")
        if route not in OPEN_TO_ALL | WITHOUT_HOUSE
    ]


def everything() -> dict[str, list[Any]]:
    """Return all rows of the database; a session is its owner's own."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def seen(
    client: Client, method: str, address: str, body: dict[str, str] = BODY
) -> tuple[int, str, bytes]:
    """Return all that an answer tells, without the address that was asked for."""
    answer = client.post(address, body) if method == "post" else client.get(address)
    content = answer.getvalue()
    place = answer.headers.get("Location", "").replace(address, "*")
    return answer.status_code, place, content.replace(address.encode(), b"*")


def tried(
    client: Client, *addresses: str, body: dict[str, str] = BODY
) -> Iterator[tuple[int, str, bytes]]:
    """Read and send to each address, and tell the answers that differ."""
    for method in ("get", "post"):
        yield from {seen(client, method, address, body) for address in addresses}


def test_the_portal_has_addresses_of_houses_and_knows_the_others():
    every = set(routes_under("partners/"))

    assert len(of_a_house()) > 40
    assert every >= OPEN_TO_ALL | WITHOUT_HOUSE
    assert {words_in(route)[0] for route in of_a_house()} == {"partners", "sessions"}


def test_every_address_of_a_house_opens_for_its_manager(house, client_of):
    client = client_of(house.manager)

    closed = []
    for route in of_a_house():
        address = filled(route, house.things)
        with transaction.atomic():
            answers = list(tried(client, address, body=house.body))
            transaction.set_rollback(True)
        if all(map(is_refusal, answers)):
            closed.append(route)

    assert closed == []


def test_nobody_else_is_shown_or_changes_anything(house, visitors):
    before = everything()
    let_in = []
    for route in of_a_house():
        real = filled(route, house.things)
        no_thing = filled(route, nothing_in(route) | {"partners": house.premises.key})
        no_house = filled(route, nothing_in(route))
        for name, client in visitors.items():
            answers = list(tried(client, real, no_thing, no_house, body=house.body))
            # One answer to reading and one to sending, whatever there is.
            refused = len(answers) == 2 and all(map(is_refusal, answers))
            if not refused or tells(house, answers):
                let_in.append((name, real, [answer[:2] for answer in answers]))

    assert let_in == []
    assert everything() == before


def is_refusal(answer: tuple[int, str, bytes]) -> bool:
    status, place, _content = answer
    return status in {404, 405} or place == "/accounts/login/?next=*"


def tells(house: House, answers: list[tuple[int, str, bytes]]) -> bool:
    shown = b"".join(content for _status, _place, content in answers)
    return any(secret.encode() in shown for secret in house.secrets)


def test_addresses_without_a_house_tell_others_nothing(house, visitors):
    before = everything()

    for route in WITHOUT_HOUSE | {"partners/join/"}:
        for client in visitors.values():
            assert not tells(house, [seen(client, "get", f"/{route}")])

    assert everything() == before


def test_a_thing_of_another_house_is_like_none(house, client_of):
    """Put another house's things behind one's own, as if they were there."""
    premises = PremisesFactory.create()
    client = client_of(ManagerLinkFactory.create(premises=premises).user)
    mine = {"partners": premises.key}
    before = everything()

    let_in = []
    for route in of_a_house():
        # A module is everybody's.
        if not set(words_in(route)) - {"partners", "team-talks"}:
            continue
        theirs = filled(route, house.things | mine)
        nothing = filled(route, nothing_in(route) | mine)
        answers = list(tried(client, theirs, nothing, body=house.body))
        if len(answers) != 2 or not all(map(is_refusal, answers)):
            let_in.append((theirs, [answer[:2] for answer in answers]))

    assert let_in == []
    assert everything() == before


def test_people_of_another_house_cannot_be_ticked(house, client_of):
    premises = PremisesFactory.create()
    SpellFactory.create(premises=premises)
    client = client_of(ManagerLinkFactory.create(premises=premises).user)
    slips, links = Slip.objects.count(), PersonalLink.objects.current().count()
    home = f"/partners/{premises.key}/"

    answers = [
        client.post(f"{home}{address}", {"staff": house.spell.staff_member.key})
        for address in ("slips.pdf", "messages/links/", "messages/links/end/")
    ]

    pages = [client.get(home), client.get(f"{home}messages/")]
    assert [answer.status_code for answer in answers] == [302, 302, 404]
    assert Slip.objects.count() == slips
    assert PersonalLink.objects.current().count() == links
    assert not any("Ana Kowalska" in page.text for page in pages)


def test_the_next_owner_reads_nothing_of_the_people_before(
    house, officer, client_of: Callable[[User], Client]
):
    now = timezone.now()
    change_owner(
        premises=house.premises,
        organisation=None,
        organisation_name="Next Hotels",
        first_day=timezone.localdate(now),
        hands_people_on=False,
        actor=officer,
        now=now,
    )
    client = client_of(ManagerLinkFactory.create(premises=house.premises).user)
    people = [name for name in house.secrets if name != "Harbour View"]

    told = []
    for route in of_a_house():
        address = filled(route, house.things)
        status, _place, content = seen(client, "get", address)
        named = [name for name in people if name.encode() in content]
        is_theirs = {"people", "data", "import"} & set(words_in(route))
        if named or (is_theirs and status not in {404, 405}):
            told.append((address, status, named))

    assert told == []
