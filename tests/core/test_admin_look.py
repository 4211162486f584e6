"""The Wagtail admin carries the name, mark and colours of the installation."""

import pytest
from django.test import RequestFactory
from wagtail.admin.menu import help_menu

from core.models import Installation

pytestmark = pytest.mark.django_db


def test_admin_shows_our_mark_and_the_name_of_the_installation(officer, client_of):
    Installation.objects.create(pk=1, name="Ashbeck Sees")

    page = client_of(officer).get("/cms/")

    words = " ".join(page.text.split())
    logo = words.partition("data-wagtail-sidebar-branding-logo>")[2]
    logo = logo.partition("</template>")[0]
    assert 'class="motif motif--mark"' in logo
    assert '<span class="wordmark__name">Ashbeck Sees</span>' in logo
    assert "- Ashbeck Sees</title>" in words


def test_admin_takes_the_colours_from_our_sheets(officer, client_of):
    page = client_of(officer).get("/cms/")

    wagtail = page.text.index("wagtailadmin/css/core.css")
    brand, sheet = page.text.index("/brand.css"), page.text.index("css/admin.css")
    assert wagtail < brand < sheet


def test_help_menu_leads_nowhere_else(officer):
    request = RequestFactory().get("/cms/")
    request.user = officer

    shown = [item.name for item in help_menu.menu_items_for_request(request)]

    assert shown == ["keyboard-shortcuts-trigger"]


def test_first_page_does_not_lead_to_another_products_guide(officer, client_of):
    page = client_of(officer).get("/cms/")

    assert f'<a href="/cms/account/">{officer.name}</a>' in page.text
    assert "editor guide" not in page.text
