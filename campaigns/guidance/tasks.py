from django.tasks import task
from django.utils import timezone

from campaigns.guidance import seasons
from campaigns.guidance.services import reindexing


@task()
def turn_seasons() -> None:
    """Let the public's pages follow campaigns that have opened or closed."""
    seasons.turn(now=timezone.now())


@task()
def reindex_pages() -> None:
    reindexing.reindex_pages()
