import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only, open_for_columns


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("visits", "0002_observation_append_only"),
    ]

    operations = [
        open_for_columns("visits_observation"),
        migrations.RemoveConstraint("observation", "observation_once_per_item"),
        migrations.AddField(
            "observation", "revision", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddConstraint(
            "observation",
            models.UniqueConstraint(
                fields=["visit", "item", "revision"], name="observation_once_per_item"
            ),
        ),
        append_only("visits_observation"),
        migrations.AddField(
            "testvisit", "checked_at", models.DateTimeField(null=True)
        ),
        migrations.AddField(
            "testvisit",
            "checked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "testvisit", "revision", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AlterField(
            "testvisit",
            "state",
            models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("submitted", "Sent in, to be checked"),
                    ("returned", "Back with the tester"),
                    ("checked", "Checked, not released"),
                    ("released", "Released to the premises"),
                    ("cancelled", "Cancelled"),
                    ("not_completed", "Not completed"),
                ],
                default="planned",
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            "testvisit",
            models.CheckConstraint(
                condition=~models.Q(state__in=["checked", "released"])
                | models.Q(checked_by__isnull=False, checked_at__isnull=False)
                | models.Q(state="released", revision=0),
                name="testvisit_released_was_checked",
            ),
        ),
        migrations.AddConstraint(
            "testvisit",
            models.CheckConstraint(
                condition=~models.Q(checked_by=models.F("planned_by"))
                & ~models.Q(checked_by=models.F("tester")),
                name="testvisit_checked_by_a_second_officer",
            ),
        ),
    ]
