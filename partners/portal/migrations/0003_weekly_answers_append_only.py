from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_weekly_answers")]

    operations = [
        append_only("portal_stillhere"),
        append_only("portal_bulletinreading"),
    ]
