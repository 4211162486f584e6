from itertools import groupby
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from partners.register.models.premises import random_key

WORDS = ("authorisation_reference", "decision_maker", "legal_check")


def keep_decisions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make a row of each decision that visits name, in force for just their days."""
    visit_model: Any = apps.get_model("visits", "TestVisit")
    authorisation_model: Any = apps.get_model("visits", "Authorisation")
    fields = ("premises__area_id", *WORDS)
    visits = visit_model.objects.order_by(*fields, "pk")

    for decision, found in groupby(visits.values(*fields, "pk", "planned_on", "planned_by"), lambda row: [row[name] for name in fields]):
        rows = list(found)
        days = sorted(row["planned_on"] for row in rows)
        area_id, reference, decision_maker, legal_check = decision
        authorisation = authorisation_model.objects.create(
            key=random_key(),
            area_id=area_id,
            reference=reference,
            decision_maker=decision_maker,
            legal_check=legal_check,
            data_protection="Not recorded",
            decided_on=days[0],
            review_on=days[-1],
            entered_by_id=rows[0]["planned_by"],
            entered_at=timezone.now(),
        )
        these = visit_model.objects.filter(pk__in=[row["pk"] for row in rows])
        these.update(authorisation=authorisation)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0001_initial"),
        ("visits", "0003_second_officer"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "key",
                    models.CharField(default=random_key, max_length=12, unique=True),
                ),
                (
                    "reference",
                    models.CharField(
                        max_length=60, verbose_name="authorisation reference"
                    ),
                ),
                (
                    "decision_maker",
                    models.CharField(
                        help_text="Rank or office of the person who decided",
                        max_length=120,
                        verbose_name="decision maker",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "legal_check",
                    models.CharField(
                        help_text="By whom, when and with what outcome",
                        max_length=200,
                        verbose_name="legal check",
                    ),
                ),
                (
                    "data_protection",
                    models.CharField(
                        help_text="Its version and date",
                        max_length=60,
                        verbose_name="data-protection assessment",
                    ),
                ),
                (
                    "review_on",
                    models.DateField(
                        help_text="No visit is planned for a later day",
                        verbose_name="review by",
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.area",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(reference="")
                        & ~models.Q(decision_maker="")
                        & ~models.Q(legal_check="")
                        & ~models.Q(data_protection=""),
                        name="authorisation_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(review_on__gte=models.F("decided_on")),
                        name="authorisation_review_follows_decision",
                        violation_error_message="The review lies before the "
                        "decision. Look at both days.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "testvisit",
            "authorisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="visits.authorisation",
            ),
        ),
        migrations.RunPython(keep_decisions, migrations.RunPython.noop),
    ]
