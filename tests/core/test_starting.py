import json
import socket

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from core import processes, starting


@pytest.mark.django_db
def test_has_new_migrations_sees_one_that_is_not_applied():
    before = starting.has_new_migrations()
    MigrationRecorder.Migration.objects.filter(app="core").order_by("-pk")[0].delete()

    assert before is False
    assert starting.has_new_migrations() is True


def test_guide_lists_the_sign_ins_and_how_to_get_a_code(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    accounts = {
        "officer": {
            "email": "officer@force.example",
            "password": "warm-lamp",
            "totp_secret": "JBSWY3DPEHPK3PXP",
        },
        "board": {
            "email": "board@force.example",
            "password": "cold-river",
            "totp_secret": "",
        },
    }
    (tmp_path / "demo-accounts.json").write_text(json.dumps(accounts))

    guide = starting.guide("http://localhost:8001")

    assert guide.splitlines()[1:11] == [
        "  Spot the Signs starts at http://localhost:8001/",
        "",
        "  Sign in at http://localhost:8001/accounts/login/",
        "",
        "    role     e-mail address         password    code",
        "    officer  officer@force.example  warm-lamp   yes",
        "    board    board@force.example    cold-river  no",
        "",
        "  Where it says yes, a code is asked for. To see the current one:",
        "    .venv/bin/python manage.py demo_code officer",
    ]


def test_guide_says_no_sign_ins_where_there_are_none(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    guide = starting.guide("http://localhost:8000")

    assert "Sign in" not in guide
    assert "http://localhost:8000/" in guide


def test_up_refuses_a_busy_port_and_names_another():
    with socket.create_server((processes.HOST, 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(CommandError) as refusal:
            call_command("up", port=port)

    assert str(refusal.value) == (
        f"Port {port} is in use. Try: make run PORT={port + 1}"
    )
