import pytest

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from campaigns.signs.models import Sign, UseFlag
from core.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.signs import (
    SignFactory,
    SignWordingFactory,
    TranslationFactory,
    UseFlagFactory,
)

pytestmark = pytest.mark.django_db


def sign_form(**fields: str) -> dict[str, str]:
    return {
        "key": "keeps-door-shut",
        "position": "10",
        "harm": "any",
        "status": "draft",
        "source": "",
        "wordings-TOTAL_FORMS": "1",
        "wordings-INITIAL_FORMS": "0",
        "wordings-0-audience": "housekeeping",
        "wordings-0-language": "en",
        "wordings-0-text": "The guest keeps the door nearly shut.",
        "wordings-0-confirmed_by": "",
    } | fields


def edit_form(sign: Sign, **fields: str) -> dict[str, str]:
    """Return what the edit form of a sign with one wording sends."""
    (row,) = sign.wordings.all()
    return (
        sign_form(
            status=sign.status,
            **{
                "wordings-INITIAL_FORMS": "1",
                "wordings-0-id": str(row.pk),
                "wordings-0-audience": row.audience,
                "wordings-0-text": row.text,
            },
        )
        | fields
    )


def test_editor_adds_a_sign_with_its_words(client_of, editor):
    response = client_of(editor).post("/cms/signs/new/", sign_form())

    assert response.status_code == 302
    sign = Sign.objects.get()
    assert [str(wording) for wording in sign.wordings.all()] == [
        "The guest keeps the door nearly shut."
    ]
    assert AuditEvent.objects.get(verb="sign.added").actor_id == editor.pk


def test_editor_is_told_that_a_wording_stands_twice(client_of, editor):
    second = {
        name.replace("-0-", "-1-"): value
        for name, value in sign_form().items()
        if "-0-" in name
    }

    response = client_of(editor).post(
        "/cms/signs/new/", sign_form(**second, **{"wordings-TOTAL_FORMS": "2"})
    )

    assert response.status_code == 200
    assert Sign.objects.count() == 0
    assert "Please correct the duplicate data" in response.content.decode()


@pytest.mark.parametrize(("ticked", "count"), (("", 1), ("on", 0)))
def test_editor_says_whether_new_words_mean_the_same(
    client_of, editor, used_in, hotel_page, ticked, count
):
    sign = SignWordingFactory.create().sign
    used_in.append((sign.key, hotel_page))
    form = edit_form(sign, **{"wordings-0-text": "New", "is_same_meaning": ticked})

    response = client_of(editor).post(f"/cms/signs/edit/{sign.pk}/", form)

    assert response.status_code == 302
    assert [str(row) for row in Sign.objects.get().wordings.all()] == ["New"]
    assert UseFlag.objects.open().count() == count
    assert AuditEvent.objects.get(verb="sign.changed").actor_id == editor.pk


def test_key_of_a_sign_never_changes(client_of, editor):
    sign = SignWordingFactory.create(sign__key="pays-cash").sign
    form = edit_form(sign, key="other")

    client_of(editor).post(f"/cms/signs/edit/{sign.pk}/", form)

    assert Sign.objects.get().key == "pays-cash"


def test_edit_screen_says_where_the_sign_is_used(
    client_of, editor, used_in, hotel_page
):
    sign = SignWordingFactory.create().sign
    used_in.append((sign.key, hotel_page))
    UseFlagFactory.create(sign=sign)

    page = client_of(editor).get(f"/cms/signs/edit/{sign.pk}/").content.decode()

    assert "Page (1)" in page
    assert '<a href="/cms/pages/7/edit/">At the desk</a>' in page
    assert "1 place to look at again" in page


def test_edit_screen_says_that_nothing_uses_the_sign(client_of, editor, used_in):
    sign = SignWordingFactory.create().sign

    page = client_of(editor).get(f"/cms/signs/edit/{sign.pk}/").content.decode()

    assert "Nothing uses this sign yet." in page


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_others_add_no_sign(client_of, role):
    grant_permissions()

    refused = client_of(UserFactory.create(roles=[role])).post(
        "/cms/signs/new/", sign_form()
    )

    assert refused.status_code == 403
    assert Sign.objects.count() == 0


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
@pytest.mark.parametrize(
    "address",
    (
        "signs/",
        "signs/edit/{sign}/",
        "signs/history/{sign}/",
        "signs/usage/{sign}/",
        "look-again/",
        "look-again/edit/{flag}/",
        "look-again/inspect/{flag}/",
    ),
)
def test_others_see_no_sign_and_no_flag(client_of, role, address):
    grant_permissions()
    flag = UseFlagFactory.create()
    path = address.format(sign=flag.sign_id, flag=flag.pk)

    refused = client_of(UserFactory.create(roles=[role])).get(f"/cms/{path}")

    assert refused.status_code == 403


@pytest.mark.parametrize("address", ("signs/history/{}/", "signs/usage/{}/"))
def test_editor_sees_history_and_usage(client_of, editor, address):
    sign = SignWordingFactory.create().sign

    assert client_of(editor).get(f"/cms/{address.format(sign.pk)}").status_code == 200


@pytest.mark.parametrize("is_superuser", (True, False))
def test_nobody_deletes_or_copies_a_sign(client_of, editor, is_superuser):
    sign = SignFactory.create()
    person = UserFactory.create(is_superuser=True) if is_superuser else editor
    browser = client_of(person)

    refused = browser.post(f"/cms/signs/delete/{sign.pk}/")
    copied = browser.get(f"/cms/signs/copy/{sign.pk}/")

    assert (refused.status_code, refused.url) == (302, "/cms/")
    assert copied.status_code == 404
    assert Sign.objects.count() == 1


@pytest.mark.parametrize("sign_count", (1, 3))
def test_sign_list_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, sign_count
):
    for number in range(sign_count):
        row = SignWordingFactory.create(text=f"An adult does {number}.")
        UseFlagFactory.create(sign=row.sign)
        UseFlagFactory.create(sign=row.sign)
    browser = client_of(editor)
    browser.get("/cms/signs/")

    with django_assert_num_queries(19):
        page = browser.get("/cms/signs/")

    shown = page.content.decode()
    assert sum(f"An adult does {number}." in shown for number in range(3)) == sign_count
    assert [sign.open_flags for sign in page.context["object_list"]] == [2] * sign_count


def test_sign_list_is_in_the_order_of_the_public(client_of, editor):
    for key, position in (("last", 30), ("first", 10), ("second", 20)):
        SignWordingFactory.create(sign__key=key, sign__position=position)

    page = client_of(editor).get("/cms/signs/")

    assert [sign.key for sign in page.context["object_list"]] == [
        "first",
        "second",
        "last",
    ]


def test_sign_list_tells_uses_and_languages(client_of, editor, used_in, hotel_page):
    sign = SignWordingFactory.create(text="In cash", sign__key="pays-cash").sign
    TranslationFactory.create(sign=sign, english="In cash")
    TranslationFactory.create(sign=sign, english="Cash", language="ro")
    used_in.append((sign.key, hotel_page))

    page = client_of(editor).get("/cms/signs/")

    view = page.context["view"]
    cells = {column.name: column.get_value(sign) for column in view.columns[-2:]}
    assert cells == {
        "uses": 1,
        "languages": ("Outdated, the meaning has changed: ro; Missing: sk, ur"),
    }


@pytest.mark.parametrize("flag_count", (1, 3))
def test_list_of_flags_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, flag_count
):
    for _ in range(flag_count):
        UseFlagFactory.create()
    browser = client_of(editor)
    browser.get("/cms/look-again/")

    with django_assert_num_queries(14):
        page = browser.get("/cms/look-again/")

    assert len(page.context["object_list"]) == flag_count


@pytest.mark.parametrize(
    ("query", "titles"),
    (
        ({}, ["Open module", "Open page", "Done page"]),
        ({"state": "open"}, ["Open module", "Open page"]),
        ({"state": "done"}, ["Done page"]),
        ({"kind": "module"}, ["Open module"]),
    ),
)
def test_list_of_flags_is_filtered(client_of, editor, now, query, titles):
    UseFlagFactory.create(title="Open page")
    UseFlagFactory.create(title="Open module", kind="module")
    UseFlagFactory.create(title="Done page", cleared_at=now, cleared_by=editor)

    page = client_of(editor).get("/cms/look-again/", query)

    shown = [flag.title for flag in page.context["object_list"]]
    assert shown == titles


def test_editor_says_that_a_place_is_still_right(client_of, editor):
    flag = UseFlagFactory.create()
    browser = client_of(editor)
    address = f"/cms/look-again/edit/{flag.pk}/"
    assert "Still right" in browser.get(address).content.decode()

    response = browser.post(address, {"note": "Read again"})

    assert response.status_code == 302
    flag.refresh_from_db()
    assert (flag.cleared_by, flag.note) == (editor, "Read again")
    assert flag.cleared_at is not None


def test_second_person_is_told_that_it_is_done(client_of, editor, now):
    flag = UseFlagFactory.create(cleared_at=now, cleared_by=editor)

    response = client_of(editor).post(f"/cms/look-again/edit/{flag.pk}/", {"note": ""})

    assert response.status_code == 200
    assert "Someone else has looked at this place already." in (
        response.content.decode()
    )
    flag.refresh_from_db()
    assert flag.cleared_at == now


@pytest.mark.parametrize("action", ("new/", "delete/{}/", "copy/{}/"))
def test_nobody_adds_or_deletes_a_flag(client_of, editor, action):
    flag = UseFlagFactory.create()

    refused = client_of(editor).post(f"/cms/look-again/{action.format(flag.pk)}")

    assert refused.status_code in {302, 404}
    assert UseFlag.objects.count() == 1


@pytest.mark.parametrize(("count", "is_shown"), ((2, True), (0, False)))
def test_desk_counts_what_waits(client_of, officer, count, is_shown):
    for _ in range(count):
        UseFlagFactory.create()

    page = client_of(officer).get("/cms/").content.decode()

    assert ("/cms/look-again/?state=open" in page) is is_shown


def test_list_of_flags_says_who_found_a_place_right(client_of, editor, now):
    UseFlagFactory.create(cleared_at=now, cleared_by=editor, note="Read again")

    page = client_of(editor).get("/cms/look-again/").content.decode()

    assert f"18 November 2026, {editor}, Read again" in page
