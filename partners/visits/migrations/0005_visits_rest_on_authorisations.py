import django.db.models.deletion
from django.db import migrations, models

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_authorisations")]

    operations = [
        append_only("visits_authorisation"),
        migrations.AlterField(
            "testvisit",
            "authorisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="visits.authorisation",
            ),
        ),
        migrations.RemoveConstraint("testvisit", "testvisit_is_authorised"),
        migrations.RemoveField("testvisit", "authorisation_reference"),
        migrations.RemoveField("testvisit", "decision_maker"),
        migrations.RemoveField("testvisit", "legal_check"),
    ]
