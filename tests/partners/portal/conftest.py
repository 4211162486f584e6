import pytest

from campaigns.guidance.models import BulletinIndexPage, HomePage


@pytest.fixture
def index(db) -> BulletinIndexPage:
    """Return the page below which bulletins stand."""
    home = HomePage.objects.first()
    if home is None:
        root = HomePage.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Home", heading="Home"))
    index = BulletinIndexPage(title="Bulletins", slug="bulletins", heading="Bulletins")
    page: BulletinIndexPage = home.add_child(instance=index)
    return page
