from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("register", "0003_mailings")]

    operations = [
        append_only("register_mailing"),
        append_only("register_mailingrecipient"),
    ]
