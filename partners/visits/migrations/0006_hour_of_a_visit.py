from datetime import time
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The beginning of the shift: so the tester of a visit planned before sees it no later.
BEGINNINGS = {"day": time(7), "evening": time(15), "night": time(22), "mixed": time(7)}


def begin_with_the_shift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    visit_model: Any = apps.get_model("visits", "TestVisit")
    for shift, begins in BEGINNINGS.items():
        visit_model.objects.filter(shift=shift).update(planned_time=begins)


class Migration(migrations.Migration):
    dependencies = [("visits", "0005_visits_rest_on_authorisations")]

    operations = [
        migrations.AddField(
            "testvisit",
            "planned_time",
            models.TimeField(default=time(7), verbose_name="hour"),
            preserve_default=False,
        ),
        migrations.RunPython(begin_with_the_shift, migrations.RunPython.noop),
    ]
