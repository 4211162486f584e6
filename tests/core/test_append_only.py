import pytest
from django.db import IntegrityError, connection, transaction

from core.audit import record

TABLES = (
    "core_auditevent",
    "routes_routecheck",
    "routes_routeflag",
    "learning_moduleversion",
    "register_mailing",
    "register_mailingrecipient",
    "register_ownership",
    "register_placechange",
    "training_attempt",
    "training_attendance",
    "training_completion",
    "training_completionwithdrawal",
    "visits_authorisation",
    "visits_observation",
    "followups_taskevent",
    "portal_stillhere",
    "print_evidencepack",
    "portal_bulletinreading",
    "guidance_guarddismissal",
    "guidance_pagereview",
)


@pytest.mark.django_db
def test_audit_event_refuses_change_and_deletion(area):
    event = record("area.made", area)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(event).objects.filter(pk=event.pk).update(verb="area.unmade")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(event).objects.filter(pk=event.pk).delete()
    assert type(event).objects.get(pk=event.pk).verb == "area.made"


@pytest.mark.django_db
def test_every_history_table_keeps_its_triggers():
    """A later migration that rebuilds a table on SQLite would drop them silently."""
    wanted = {f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")}
    source = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )

    with connection.cursor() as cursor:
        cursor.execute(source)
        found = {row[0] for row in cursor.fetchall()}

    assert wanted <= found
