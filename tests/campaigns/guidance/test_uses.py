import pytest

from campaigns.guidance.models import AudiencePage, GuidancePage
from campaigns.guidance.uses import pages_that_place_signs
from campaigns.signs.enums import Audience, Harm, SignStatus
from campaigns.signs.models import Sign
from core.enums import UseKind
from tests.factories.signs import SignWordingFactory
from tests.remembered_rows import made_once


def place(page, **section):
    filled = {"heading": "Signs", "body": "", "harm": "", "limit": None} | section
    page.body = [("signs", filled)]
    page.save()


@pytest.fixture
def hotels(home) -> AudiencePage:
    """Return the page for hotels, showing the signs of reception: none yet."""
    made_once("no signs", lambda: Sign.objects.all().delete())
    page: AudiencePage = AudiencePage.objects.get(slug="hotels")
    place(page, audiences=[Audience.RECEPTION])
    return page


def test_page_uses_the_signs_its_filter_places(hotels):
    SignWordingFactory.create(sign__key="desk")
    SignWordingFactory.create(sign__key="room", audience=Audience.HOUSEKEEPING)
    SignWordingFactory.create(sign__key="draft", sign__status=SignStatus.DRAFT)

    found = [*pages_that_place_signs()]

    assert [(key, use.reference) for key, use in found] == [
        ("desk", f"page:{hotels.pk}")
    ]
    assert (found[0][1].kind, found[0][1].url) == (
        UseKind.PAGE,
        f"/cms/pages/{hotels.pk}/edit/",
    )


@pytest.mark.parametrize(
    ("section", "keys"),
    (
        ({"harm": Harm.ONLINE}, ["online-1", "online-2"]),
        ({"harm": Harm.ONLINE, "limit": 1}, ["online-1"]),
        ({"limit": 1}, ["any-1"]),
    ),
)
def test_page_uses_only_what_harm_and_limit_let_through(hotels, section, keys):
    for key, harm in (
        ("any-1", Harm.ANY),
        ("online-1", Harm.ONLINE),
        ("online-2", Harm.ONLINE),
    ):
        SignWordingFactory.create(sign__key=key, sign__harm=harm)
    place(hotels, audiences=[Audience.RECEPTION], **section)

    assert [key for key, _ in pages_that_place_signs()] == keys


@pytest.mark.parametrize("page_count", (1, 3))
def test_uses_of_pages_ask_the_same_however_many(
    home, hotels, django_assert_num_queries, page_count
):
    SignWordingFactory.create()
    for number in range(page_count):
        page = GuidancePage(title=f"Page {number}", heading="More", locale=home.locale)
        home.add_child(instance=page)
        place(page, audiences=[Audience.RECEPTION])
    [*pages_that_place_signs()]

    with django_assert_num_queries(8):
        found = [*pages_that_place_signs()]

    assert len(found) == 1 + page_count


def test_page_of_a_retired_sign_still_opens(client, home):
    assert client.get("/hotels/").status_code == 200

    Sign.objects.update(status=SignStatus.RETIRED)

    page = client.get("/hotels/")
    assert page.status_code == 200
    assert "sign-group__signs" not in page.content.decode()
