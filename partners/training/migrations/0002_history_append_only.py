from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [append_only("training_attempt"), append_only("training_completion")]
