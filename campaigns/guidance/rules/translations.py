from campaigns.guidance.enums import SAFETY_CRITICAL_KINDS
from core.enums import SAFE_TO_READ, TranslationState


def may_read_translation(kind: str, state: TranslationState) -> bool:
    """Say whether the translated words of a part may stand in for the English ones.

    A part that tells people what to do in danger may only when it still says the same;
    other parts keep their earlier words until someone has translated them again.
    """
    if kind in SAFETY_CRITICAL_KINDS:
        return state in SAFE_TO_READ
    return state != TranslationState.MISSING
