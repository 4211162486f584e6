from django.tasks import task
from django.utils import timezone

from campaigns.guidance import seasons, services
from campaigns.guidance.services import reindexing


@task()
def turn_seasons() -> None:
    """Let the public's pages follow campaigns that have opened or closed."""
    seasons.turn(now=timezone.now())


@task()
def reindex_pages() -> None:
    reindexing.reindex_pages()


@task()
def publish_due_pages() -> None:
    """Publish what was scheduled and may still be read; take back what expired."""
    services.publish_due_pages(now=timezone.now())


@task()
def tell_of_overdue_pages() -> None:
    """Tell safeguarding leads which pages wait to be read again."""
    services.tell_of_overdue_pages(now=timezone.now())
