from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("print", "0001_evidence_packs")]

    operations = [append_only("print_evidencepack")]
