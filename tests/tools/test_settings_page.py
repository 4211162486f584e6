import re

from django.conf import settings

READ = re.compile(r"env\.(?:required|optional|listed)\(\s*\"([A-Z_]+)\"")


def test_settings_page_names_every_variable_that_is_read():
    sources = (settings.SITE_DIR / "config/settings").glob("*.py")
    read = {name for source in sources for name in READ.findall(source.read_text())}

    page = (settings.BASE_DIR / "docs/settings.md").read_text()

    assert "SPOT_SECRET_KEY" in read
    assert {name for name in read if f"`{name}`" not in page} == set()
