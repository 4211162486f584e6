"""Keeps what search knows of the pages as new as the signs and routes on them."""

from django_tasks_db.models import DBTaskResult
from wagtail.search.index import insert_or_update_object

from campaigns.guidance.models import public_page_models
from core.jobs import enqueue_on_commit

JOB = "campaigns.guidance.tasks.reindex_pages"


def ask_to_reindex() -> None:
    """Queue one job for the changes of a moment, not one for each sign of a list.

    The clock does it every hour as well: a change that is committed while a job queued
    earlier already runs would otherwise wait for the next change.
    """
    if not DBTaskResult.objects.ready().filter(task_path=JOB).exists():
        enqueue_on_commit("campaigns.guidance.tasks.reindex_pages")


def reindex_pages() -> int:
    """Write the words of every public page into the index anew; return how many."""
    pages = [page for model in public_page_models() for page in model.objects.all()]
    for page in pages:
        insert_or_update_object(page)
    return len(pages)
