from campaigns.guidance.panels import FEWEST_SHOWN
from core.panels import Panel


def figure(*, number: int, words: str) -> Panel | None:
    """Make a public figure of what came of a campaign; none when it is too small."""
    if number < FEWEST_SHOWN:
        return None
    context = {"number": number, "words": words}
    return Panel(title=words, template="guidance/campaign_figure.html", context=context)
