import pytest

from core import uses
from core.enums import UseKind
from core.uses import Use

PAGE = Use(UseKind.PAGE, "page:1", "Hotels")
MODULE = Use(UseKind.MODULE, "module:1", "At reception")


@pytest.fixture(autouse=True)
def no_finders(monkeypatch):
    monkeypatch.setattr(uses, "_finders", {})


def test_uses_of_all_rooms_come_together_each_once():
    uses.register("sign", lambda: [("cash", PAGE), ("cash", PAGE), ("bags", PAGE)])
    uses.register("sign", lambda: [("cash", MODULE)])

    assert uses.uses_by_key("sign") == {"cash": [PAGE, MODULE], "bags": [PAGE]}


def test_uses_of_another_kind_of_thing_are_not_told():
    uses.register("sign", lambda: [("cash", PAGE)])

    assert uses.uses_by_key("route") == {}
