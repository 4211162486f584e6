from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("register", "0012_changes_of_place")]

    operations = [
        append_only("register_ownership"),
        append_only("register_placechange"),
    ]
