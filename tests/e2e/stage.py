"""A small county in which every page has something to show."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from campaigns.learning.models import Module
from core.models import Area, Installation
from media.codes.models import Code
from partners.followups.models import FollowUpTask
from partners.register.models import Premises, Spell, StagedImport
from partners.register.services import confirm_columns, stage_import
from partners.training import services
from partners.training.models import Completion, TrainingSession
from partners.visits.models import ChecklistVersion, TestVisit
from tests.e2e.walk.staff import untidy_spreadsheet
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import released
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.training import AttendanceFactory, TrainingSessionFactory
from tests.factories.visits import TestVisitFactory
from tests.shipped_content import load_shipped_content

ROLES = ("reception", "housekeeping", "security")


@dataclass(frozen=True)
class Stage:
    premises: Premises
    code: Code
    people: dict[str, User]
    spell: Spell
    read_import: StagedImport
    checked_import: StagedImport
    completion: Completion
    open_module: Module
    planned: TestVisit
    visit: TestVisit
    task: FollowUpTask
    session: TrainingSession


def set_up() -> Stage:
    area = AreaFactory.create(name="Ashbeck", slug="ashbeck")
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    load_shipped_content(now=timezone.now())
    people = {
        "manager": UserFactory.create(roles=[Role.MANAGER], name="Mara Lind"),
        "officer": _person(Role.OFFICER, area),
        "tester": _person(Role.TESTER, area),
        "board": _person(Role.BOARD, area),
    }
    premises = PremisesFactory.create(area=area, name="Lantern House Hotel")
    ManagerLinkFactory.create(user=people["manager"], premises=premises)
    spells = [SpellFactory.create(premises=premises, role=role) for role in ROLES]
    done, to_do = Module.objects.order_by("pk")[:2]
    planned, visit = (_visit(premises, people) for _ in range(2))
    today = timezone.localdate()
    TestVisit.objects.filter(pk=visit.pk).update(planned_on=today - timedelta(days=1))
    visit.refresh_from_db()
    released(visit, officer=people["officer"], now=timezone.now(), asked="no")
    return Stage(
        premises=premises,
        code=CodeFactory.create(premises=premises),
        people=people,
        spell=spells[0],
        read_import=_read(premises, people["manager"]),
        checked_import=_checked(_read(premises, people["manager"])),
        completion=_complete(spells[0], done),
        open_module=_begin(spells[0], to_do),
        planned=planned,
        visit=visit,
        task=FollowUpTask.objects.filter(visit=visit).earliest("pk"),
        session=_session(spells[1], done),
    )


def cookies_of(client: Client, address: str) -> list[Any]:
    """Return the cookies of a test client, as a browser wants them."""
    return [
        {"name": cookie.key, "value": cookie.value, "url": address}
        for cookie in client.cookies.values()
    ]


def learner_client(stage: Stage) -> Client:
    (slip,) = services.print_slips(
        premises=stage.premises,
        staff_members=[stage.spell.staff_member],
        actor=stage.people["manager"],
        now=timezone.now(),
    )
    client = Client()
    codes = {"staff_code": slip.staff_code, "personal_code": slip.code, "pin": slip.pin}
    assert client.post("/train/", codes).status_code == 302
    return client


def _person(role: Role, area: Area) -> User:
    return UserFactory.create(roles=[role], areas=[area])


def _visit(premises: Premises, people: dict[str, User]) -> TestVisit:
    version = ChecklistVersion.objects.earliest("pk")
    return TestVisitFactory.create(
        premises=premises,
        scenario=version.scenario,
        checklist_version=version,
        tester=people["tester"],
        planned_by=people["officer"],
        planned_on=timezone.localdate(),
    )


def _session(spell: Spell, module: Module) -> TrainingSession:
    """Return a session of the premises that is open; somebody has signed in."""
    session = TrainingSessionFactory.create(
        at=spell.premises,
        version=module.versions.in_english().earliest("pk"),
        opened=True,
        starts_at=timezone.now() - timedelta(hours=1),
    )
    AttendanceFactory.create(session=session, spell=spell)
    return session


def _read(premises: Premises, manager: User) -> StagedImport:
    return stage_import(
        premises=premises,
        filename="rota.xlsx",
        content=untidy_spreadsheet(),
        actor=manager,
        now=timezone.now(),
    )


def _checked(staged: StagedImport) -> StagedImport:
    return confirm_columns(
        staged=staged,
        fields=[column["field"] for column in staged.columns],
        is_day_first=True,
        actor=staged.created_by,
        now=timezone.now(),
    )


def _complete(spell: Spell, module: Module) -> Completion:
    progress = services.start_module(
        staff_member=spell.staff_member, module=module, now=timezone.now()
    )
    course = progress.course
    for number in range(1, len(course["lessons"]) + 1):
        progress = services.read_lesson(progress=progress, number=number)
    for number, question in enumerate(course["questions"], start=1):
        right = next(o["id"] for o in question["options"] if o["correct"])
        services.answer_question(progress=progress, number=number, option_id=right)
        progress.refresh_from_db()
    attempt = services.submit_attempt(progress=progress, now=timezone.now())
    return Completion.objects.get(attempt=attempt)


def _begin(spell: Spell, module: Module) -> Module:
    """Read every lesson, and answer the first question wrongly."""
    progress = services.start_module(
        staff_member=spell.staff_member, module=module, now=timezone.now()
    )
    course = progress.course
    for number in range(1, len(course["lessons"]) + 1):
        progress = services.read_lesson(progress=progress, number=number)
    options = course["questions"][0]["options"]
    wrong = next(o["id"] for o in options if not o["correct"])
    services.answer_question(progress=progress, number=1, option_id=wrong)
    return module
