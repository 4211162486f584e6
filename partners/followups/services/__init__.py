"""Everything that changes a task or a retest; `enums.TRANSITIONS` lists the moves.

moves: one step of a task · working: managers and officers · training: tasks that close
by themselves · retests: windows and results · releases: what a released visit sets off
setting_aside: what a result that counts no more takes back
"""

from partners.followups.services.moves import FollowUpError
from partners.followups.services.releases import follow_up_release, open_tasks
from partners.followups.services.reminders import remind_overdue_tasks
from partners.followups.services.retests import decide_retest, open_retest_window
from partners.followups.services.setting_aside import take_back_follow_ups
from partners.followups.services.training import settle_training_tasks
from partners.followups.services.working import (
    mark_done,
    return_task,
    verify_task,
)

__all__ = [
    "FollowUpError",
    "decide_retest",
    "follow_up_release",
    "mark_done",
    "open_retest_window",
    "open_tasks",
    "remind_overdue_tasks",
    "return_task",
    "settle_training_tasks",
    "take_back_follow_ups",
    "verify_task",
]
