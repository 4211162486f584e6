"""Conventions of this project that a machine can hold."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.tasks import Task
from django.utils.module_loading import import_string

from core import jobs

OUR_FOLDERS = ("site", "campaigns", "partners", "media")


@register()
def uploads_are_outside_the_code(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    uploads = Path(settings.MEDIA_ROOT).resolve()
    inside = [
        config.label
        for config in apps.get_app_configs()
        if uploads.is_relative_to(Path(config.path).resolve())
    ]
    return [
        Error(f"MEDIA_ROOT lies in the app {label}.", id="core.E001")
        for label in inside
    ]


@register()
def job_paths_name_tasks(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    paths = {job.path for job in jobs.due_jobs()} | set(_queued_paths())
    return [
        Error(f"The job {path} is not a task.", id="core.E002")
        for path in sorted(paths)
        if not _is_task(path)
    ]


def _is_task(path: str) -> bool:
    try:
        return isinstance(import_string(path), Task)
    except ImportError:
        return False


def _queued_paths() -> Iterator[str]:
    """Find the first argument of every call of `enqueue_on_commit` in our code."""
    for folder in OUR_FOLDERS:
        for module in (settings.BASE_DIR / folder).rglob("*.py"):
            source = module.read_text()
            if "enqueue_on_commit(" in source:
                yield from _calls(ast.parse(source))


def _calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="enqueue_on_commit")
                | ast.Attribute(attr="enqueue_on_commit"),
                args=[ast.Constant(value=str(path)), *_],
            ):
                yield path
