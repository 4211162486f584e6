import pytest
from django.urls import reverse

from campaigns.routes.enums import FactStatus
from campaigns.routes.models import RouteFact
from core.models import AuditEvent, Installation
from media.codes.models import Code
from media.codes.qrcodes import scanned_address
from media.codes.rendering import forget_routes
from media.print.posters import PosterError, check_readable, poster_pdf
from media.print.services import make_poster
from media.print.typesetting import TypesettingError, codes_on_page, typeset
from partners.register.enums import PremisesState
from tests.factories.codes import CodeFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("routes")]


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area, name="Lantern House")


@pytest.fixture
def manager(client_of, premises):
    return client_of(ManagerLinkFactory.create(premises=premises).user)


def test_poster_holds_its_code_the_numbers_and_the_address(premises):
    Installation.objects.create(pk=1, name="Signs for Ashbeck")
    code = CodeFactory.create(premises=premises)

    pdf = poster_pdf(code)

    assert codes_on_page(pdf) == [scanned_address(code)]
    (words,) = pages_of(pdf)
    for wanted in (
        "They are still here: call 999",
        "Say: Operation Makesafe, 999.",
        "101",
        "0800 555 111",
        "Name of crimestoppers",
        "Lantern House",
        "1 Mill Lane, Ashbeck, ZZ1 1ZZ",
        f"localhost:8000/T/{code.text}",
        "Signs for Ashbeck",
    ):
        assert wanted in words


def test_poster_is_tagged_and_carries_its_fonts(premises):
    pdf = poster_pdf(CodeFactory.create(premises=premises))

    assert (is_accessible(pdf), has_its_fonts(pdf)) == (True, True)


@pytest.mark.parametrize(
    "name", ("W" * 200, "A “quoted” # $name$ *with* @signs \\ and [marks]", "محل")
)
def test_poster_survives_any_name(area, name):
    code = CodeFactory.create(premises=PremisesFactory.create(area=area, name=name))

    pdf = poster_pdf(code)

    assert codes_on_page(pdf) == [scanned_address(code)]
    assert len(pages_of(pdf)) == 1


def test_poster_waits_for_a_number_that_is_not_verified(premises):
    RouteFact.objects.filter(value="101").update(status=FactStatus.TO_CHECK)
    forget_routes()

    with pytest.raises(PosterError, match=r"waits to be checked \(Name of 101\)"):
        poster_pdf(CodeFactory.create(premises=premises))


def test_poster_with_another_code_is_refused(premises):
    pdf = poster_pdf(CodeFactory.create(premises=premises))

    with pytest.raises(PosterError, match="could not be read back"):
        check_readable(pdf, "HTTPS://SIGNS.TEST/R/OTHER")


def test_make_poster_issues_no_code_when_the_poster_fails(premises, officer, now):
    RouteFact.objects.all().delete()
    forget_routes()

    with pytest.raises(PosterError):
        make_poster(premises=premises, place="Bar", actor=officer, now=now)

    assert not Code.objects.exists()
    assert not AuditEvent.objects.exists()


def test_broken_design_is_an_error_of_ours():
    with pytest.raises(TypesettingError):
        typeset("poster", {"words": {}})


def test_manager_makes_a_poster_and_prints_it(manager, premises):
    made = manager.post(
        reverse("print:posters", args=[premises.key]), {"place": "Staff room"}
    )

    code = Code.objects.get()
    assert (code.premises, code.place) == (premises, "Staff room")
    assert made.url == reverse("print:poster", args=[premises.key, code.text])
    printed = manager.get(made.url)
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.headers["Content-Disposition"] == (
        f'attachment; filename="poster-{code.text}.pdf"'
    )
    assert codes_on_page(printed.content) == [scanned_address(code)]


def test_poster_form_asks_where_it_hangs(manager, premises):
    page = manager.post(reverse("print:posters", args=[premises.key]), {"place": " "})

    assert page.status_code == 422
    assert page.context["form"].errors == {"place": ["This field is required."]}
    assert not Code.objects.exists()


def test_poster_form_says_why_no_poster_is_made(manager, premises):
    premises.state = PremisesState.CLOSED
    premises.save()

    page = manager.post(reverse("print:posters", args=[premises.key]), {"place": "Bar"})

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "These premises no longer take part, so no poster is made."
    ]


def test_reprint_of_a_failing_poster_says_why(manager, premises):
    code = CodeFactory.create(premises=premises)
    RouteFact.objects.filter(value="999").delete()
    forget_routes()

    page = manager.get(reverse("print:poster", args=[premises.key, code.text]))

    assert page.url == reverse("print:posters", args=[premises.key])
    assert "Name of 999" in manager.get(page.url).text


@pytest.mark.parametrize("item_count", (1, 3))
def test_posters_page_lists_the_walls(
    manager, premises, item_count, django_assert_num_queries
):
    for number in range(item_count):
        CodeFactory.create(premises=premises, place=f"Wall {number}")
    CodeFactory.create(premises=premises, place="Wall gone", retired_on="2026-01-01")
    url = reverse("print:posters", args=[premises.key])

    with django_assert_num_queries(6):
        page = manager.get(url)

    assert [code.place for code in page.context["codes"]] == [
        f"Wall {number}" for number in reversed(range(item_count))
    ]
    assert page.text.count("Print again") == item_count


def test_posters_belong_to_the_managers_of_the_premises(client_of, client, premises):
    code = CodeFactory.create(premises=premises)
    stranger = client_of(ManagerLinkFactory.create().user)
    urls = (
        reverse("print:posters", args=[premises.key]),
        reverse("print:poster", args=[premises.key, code.text]),
    )

    assert [stranger.get(url).status_code for url in urls] == [404, 404]
    assert [client.get(url).status_code for url in urls] == [302, 302]
    assert stranger.post(urls[0], {"place": "Bar"}).status_code == 404
    assert Code.objects.count() == 1


def test_poster_of_another_premises_is_not_found(manager, premises):
    other = CodeFactory.create()

    page = manager.get(reverse("print:poster", args=[premises.key, other.text]))

    assert page.status_code == 404
