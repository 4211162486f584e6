from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_language_guard")]

    operations = [append_only("guidance_guarddismissal")]
