from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_hour_of_a_visit")]

    operations = [
        migrations.AddField(
            "testvisit", "brief_read_at", models.DateTimeField(null=True)
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
                    ("stopped", "Stopped: the worry was real"),
                ],
                default="planned",
                max_length=15,
            ),
        ),
    ]
