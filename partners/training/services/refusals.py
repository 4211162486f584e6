from django.utils.translation import gettext as _


class TrainingError(Exception):
    pass


class PlanUnseenError(TrainingError):
    """Something else would be written than what the officer was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing was saved: these rules, or others of the module, were changed "
                "meanwhile. Look at what your change would do now."
            )
        )


class WrongCodeOrPinError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "The codes and the PIN do not belong together. Check all three on your "
                "slip. After five wrong PINs a slip stops working."
            )
        )


class SlipLockedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This slip is locked, because a wrong PIN was entered five times. "
                "Ask your manager for a new slip."
            )
        )


class SlipReplacedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "There is a newer slip for you, so this one no longer works. "
                "Use the newer one, or ask your manager to print another."
            )
        )


class SlipExpiredError(TrainingError):
    def __init__(self) -> None:
        super().__init__(_("This slip has run out. Ask your manager for a new slip."))


class LinkUnknownError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This link does not lead anywhere. Perhaps a part of it is missing: "
                "open it from the message itself, or copy the whole of it."
            )
        )


class LinkEndedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _("Your manager has ended this link. Ask for a new one, or for a slip.")
        )


class LinkReplacedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "You were sent a newer link, so this one no longer works. "
                "Open the newest message."
            )
        )


class LinkExpiredError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _("This link has run out. Ask your manager for a new one, or for a slip.")
        )


class LinkUsedUpError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This link was opened on a device that others use, so it is used up. "
                "Ask your manager for a new one, or for a slip."
            )
        )


class NoAddressError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "There is no e-mail address or mobile number on your list that we can "
                "write to. Print a slip instead."
            )
        )


class PlaceClosedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _("This workplace is closed, so its slips do not work at the moment.")
        )


class NotOnTheListError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "You are not on the staff list of this workplace any more. "
                "If that is wrong, ask your manager."
            )
        )


class SessionCodeWrongError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This code does not belong to a session that is open now. Compare it "
                "with the sheet, or ask whoever leads the session."
            )
        )


class SessionCodesLockedError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "You entered five codes that were wrong. Whoever leads the session can "
                "tick your name on the list. Half an hour from now you can try again."
            )
        )


class SessionFullError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "There are as many people on the list as the session has room for. "
                "Whoever leads it can still tick your name."
            )
        )


class SessionNotForYouError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This session is for people of other workplaces, or you are not on the "
                "staff list of yours on its day. Tell whoever leads the session."
            )
        )


class SessionMovedOnError(TrainingError):
    def __init__(self) -> None:
        super().__init__(
            _("The session has moved on meanwhile. Look at it again before you go on.")
        )
