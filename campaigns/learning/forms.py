from collections.abc import Iterable, Mapping

from campaigns.learning.translating import BlockWords

MOST_LETTERS = 2000


def posted_blocks(
    sent: Mapping[str, str], blocks: Iterable[BlockWords]
) -> dict[str, dict[str, str]]:
    """Return the texts that were sent, block by block; what was not sent stays.

    A field is named by its block and the place of the text in it.
    """
    return {
        block.part: {
            place: sent.get(f"{block.part}{place}", told)[:MOST_LETTERS]
            for place, _english, told in block.texts
        }
        for block in blocks
        if any(f"{block.part}{place}" in sent for place, _text, _told in block.texts)
    }
