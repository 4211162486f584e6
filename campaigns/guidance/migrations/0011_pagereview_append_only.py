from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("guidance", "0010_page_reviews")]

    operations = [append_only("guidance_pagereview")]
