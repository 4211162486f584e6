"""Rounds of test visits that others published: history, in no figure of ours."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partners.scrutiny.rules import Share

ROUNDS = Path(__file__).parent / "content" / "published_rounds.toml"


@dataclass(frozen=True)
class PublishedRound:
    when: str
    where: str
    share: Share
    counted: str
    source: str
    address: str


@cache
def published_rounds() -> tuple[PublishedRound, ...]:
    """Return the rounds in the order in which they were made."""
    return tuple(
        PublishedRound(
            when=row["when"],
            where=row["where"],
            share=Share(row["favourable"], row["tested"]),
            counted=row["counted"],
            source=row["source"],
            address=row["address"],
        )
        for row in tomllib.loads(ROUNDS.read_text())["round"]
    )
