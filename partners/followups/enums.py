from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    BRIEF_TEAM = "brief_team", _("Brief the team")
    COMPLETE_MODULE = "complete_module", _("Complete a module")
    REPLACE_POSTER = "replace_poster", _("Replace a poster")
    REVIEW_POLICY = "review_policy", _("Review a policy")
    MEET_OFFICER = "meet_officer", _("Meet the officer")


class TaskOwner(TextChoices):
    MANAGER = "manager", _("Manager")
    OFFICER = "officer", _("Officer")


class TaskState(TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done, to be verified")
    RETURNED = "returned", _("Returned with a question")
    VERIFIED = "verified", _("Closed")
    WITHDRAWN = "withdrawn", _("Not needed any more")


UNFINISHED_TASK_STATES = frozenset({TaskState.OPEN, TaskState.DONE, TaskState.RETURNED})
TO_DO_STATES = frozenset({TaskState.OPEN, TaskState.RETURNED})

CLOSED_TASK_STATES = frozenset({TaskState.VERIFIED, TaskState.WITHDRAWN})

TRANSITIONS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset(
        {TaskState.DONE, TaskState.VERIFIED, TaskState.WITHDRAWN}
    ),
    TaskState.RETURNED: frozenset(
        {TaskState.DONE, TaskState.VERIFIED, TaskState.WITHDRAWN}
    ),
    TaskState.DONE: frozenset(
        {TaskState.VERIFIED, TaskState.RETURNED, TaskState.WITHDRAWN}
    ),
    TaskState.VERIFIED: frozenset(),
    TaskState.WITHDRAWN: frozenset(),
}


class RetestState(TextChoices):
    WAITING = "waiting", _("Waiting for the follow-up")
    OPEN = "open", _("Window open")
    PASSED = "passed", _("Passed")
    GAP_AGAIN = "gap_again", _("A gap again")
    DROPPED = "dropped", _("Not needed any more")
