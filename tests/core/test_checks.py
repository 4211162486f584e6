import pytest
from django.core.checks import run_checks

from core import checks


@pytest.mark.django_db
def test_project_passes_its_own_checks():
    assert run_checks() == []


def test_job_paths_are_found_in_the_code():
    assert "outbox.tasks.deliver_message" in set(checks._queued_paths())


def test_check_refuses_a_path_that_is_no_task(monkeypatch):
    monkeypatch.setattr(checks, "_queued_paths", lambda: ["outbox.tasks.nothing"])

    errors = checks.job_paths_name_tasks(None)

    assert [error.msg for error in errors] == [
        "The job outbox.tasks.nothing is not a task."
    ]


def test_check_refuses_uploads_inside_an_app(settings):
    settings.MEDIA_ROOT = settings.BASE_DIR / "media" / "codes" / "uploads"

    errors = checks.uploads_are_outside_the_code(None)

    assert [error.msg for error in errors] == ["MEDIA_ROOT lies in the app codes."]
