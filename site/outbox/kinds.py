"""What the kinds of messages are called on screen, by the name of their template."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "alarm": _("Alarm"),
    "certificate": _("Certificate"),
    "challenge_decided": _("Answer to a challenge"),
    "challenge_raised": _("A result is challenged"),
    "email_confirmation": _("Address to be confirmed"),
    "email_confirmation_signup": _("Address to be confirmed"),
    "feedback_ready": _("Feedback after a visit"),
    "invitation": _("Invitation to sign in"),
    "join_approved_known": _("Request approved"),
    "join_approved_new": _("Request approved"),
    "join_confirm": _("Address to be confirmed"),
    "join_declined": _("Request declined"),
    "join_waiting": _("Request waits for an officer"),
    "leaver": _("Notice to a leaver"),
    "mailing": _("Mailing to partners"),
    "page_approved": _("Page approved"),
    "page_held_back": _("Page held back"),
    "page_returned": _("Page sent back"),
    "page_waiting": _("Page waits for approval"),
    "pages_overdue": _("Pages to be reviewed"),
    "password_reset_key": _("New password"),
    "personal_link": _("Link to training"),
    "retest_window_open": _("Time for a retest"),
    "routes_flagged": _("Routes to be checked"),
    "slip_locked": _("Slip locked"),
    "task_overdue": _("Next step overdue"),
    "task_returned": _("Next step sent back"),
    "training_due": _("Reminder before training is due"),
    "training_invitation": _("Invitation to training"),
    "training_overdue": _("Reminder of overdue training"),
    "visit_stopped": _("Test visit stopped"),
    "weekly_digest": _("Weekly summary"),
}


def kind_title(template: str) -> str:
    """Return what a kind of message is called; an unknown one by its plain name."""
    known = TITLES.get(template)
    return str(known) if known else template.replace("_", " ").capitalize()
