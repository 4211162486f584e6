from django.tasks import task
from django.utils import timezone

from partners.register import services
from partners.register.models import Mailing, PlaceLoad, StagedImport


@task()
def forget_old_rows() -> None:
    """Delete rows of spreadsheets that nobody came back to."""
    services.forget_old_rows(now=timezone.now())


@task()
def apply_import(import_id: int) -> None:
    """Add the people of a checked list."""
    staged = StagedImport.objects.get(pk=import_id)
    services.apply_import(staged=staged, now=timezone.now())


@task()
def finish_imports() -> None:
    """Take up again the lists that a killed worker left behind."""
    services.finish_imports(now=timezone.now())


@task()
def anonymise_leavers() -> None:
    """Forget leavers whose time is up."""
    services.anonymise_leavers(now=timezone.now())


@task()
def send_mailing(mailing_id: int) -> None:
    """Write a confirmed mailing to the outbox, one message for each recipient."""
    services.send_mailing(
        mailing=Mailing.objects.get(pk=mailing_id), now=timezone.now()
    )


@task()
def finish_mailings() -> None:
    """Take up again what a killed worker left behind."""
    services.finish_mailings(now=timezone.now())


@task()
def watch_over_premises() -> None:
    """Tell officers of premises about which nobody can be reached any more."""
    services.watch_over_premises(now=timezone.now())


@task()
def read_place_load(load_id: int) -> None:
    """Read what is missing of an authority's list and compare it with what we know."""
    services.read_load(load=PlaceLoad.objects.get(pk=load_id))


@task()
def apply_place_load(load_id: int) -> None:
    """Apply a list that an officer has confirmed."""
    services.apply_load(load=PlaceLoad.objects.get(pk=load_id))


@task()
def finish_place_loads() -> None:
    """Go on with lists whose job was killed."""
    services.finish_loads(now=timezone.now())


@task()
def forget_old_place_loads() -> None:
    """Discard lists that nobody came back to."""
    services.forget_old_loads(now=timezone.now())


@task()
def forget_spent_challenges() -> None:
    """Delete proofs of work that have run out."""
    services.forget_spent_challenges(now=timezone.now())
