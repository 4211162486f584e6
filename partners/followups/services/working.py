from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from partners.followups.enums import TaskKind, TaskOwner, TaskState
from partners.followups.models import FollowUpTask, TaskEvidence
from partners.followups.services.messages import tell_managers
from partners.followups.services.moves import FollowUpError, locked, move
from partners.followups.services.retests import open_retest_when_finished
from partners.followups.validators import Evidence
from partners.register.models import Premises


@transaction.atomic
def mark_done(
    *,
    task: FollowUpTask,
    note: str,
    actor: User,
    now: datetime,
    evidence: Evidence | None = None,
) -> None:
    """Mark a task as done, with a note that an officer can check.

    :raises FollowUpError: without a note, for a task that closes by itself, or when
        the task is someone else's.
    """
    task = locked(task)
    _require_owner(task, actor)
    if task.kind == TaskKind.COMPLETE_MODULE:
        raise FollowUpError(
            _(
                "This task closes by itself when everyone who was asked has passed "
                "the module."
            )
        )
    if not note.strip():
        raise FollowUpError(
            _("Write what was done. A task closed without evidence cannot be checked.")
        )
    event = move(task, to=TaskState.DONE, now=now, actor=actor, note=note.strip())
    if evidence is None:
        return
    name = f"{get_random_string(20)}{evidence.suffix}"
    TaskEvidence.objects.create(
        event=event,
        task=task,
        file=ContentFile(evidence.content, name=name),
        content_type=evidence.content_type,
    )


@transaction.atomic
def verify_task(*, task: FollowUpTask, actor: User, now: datetime) -> None:
    """Close a task that was marked as done; the last one opens the retest window.

    :raises FollowUpError: when it is not marked as done, or is in another area.
    """
    task = locked(task)
    _require_officer(task, actor)
    _require_done(task)
    move(task, to=TaskState.VERIFIED, now=now, actor=actor)
    open_retest_when_finished(visit=task.visit, now=now)


@transaction.atomic
def return_task(
    *, task: FollowUpTask, question: str, actor: User, now: datetime
) -> None:
    """Give a task back with a question; the managers are told.

    :raises FollowUpError: without a question, or when it is not marked as done.
    """
    task = locked(task)
    _require_officer(task, actor)
    if not question.strip():
        raise FollowUpError(_("Write the question that is still open."))
    event = move(
        task, to=TaskState.RETURNED, now=now, actor=actor, note=question.strip()
    )
    if task.owner == TaskOwner.MANAGER:
        tell_managers(
            premises=task.premises,
            template="task_returned",
            dedupe_key=f"task-returned:{event.pk}",
            context={"task": task, "question": event.note},
            address_of=("followups:task-detail", (task.premises.key, task.key)),
            now=now,
        )


def _require_owner(task: FollowUpTask, actor: User) -> None:
    if task.owner == TaskOwner.OFFICER:
        _require_officer(task, actor)
    elif not Premises.objects.managed_by(actor).filter(pk=task.premises_id).exists():
        raise FollowUpError(_("This task belongs to the managers of the premises."))


def _require_officer(task: FollowUpTask, actor: User) -> None:
    here = areas_of(actor).filter(pk=task.premises.area_id)
    if not is_officer(actor) or not here.exists():
        raise FollowUpError(_("This task belongs to the officers of another area."))


def _require_done(task: FollowUpTask) -> None:
    # An open task may go to closed as well, but only by itself: see training.py.
    if task.state != TaskState.DONE:
        raise FollowUpError(
            _("Only a task that is marked as done can be verified. It is: %(state)s.")
            % {"state": TaskState(task.state).label}
        )
