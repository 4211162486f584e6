import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

TOOL = settings.BASE_DIR / "tools/find_python.sh"


def program(folder: Path, name: str, lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return path


def find(*folders: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own script
        [TOOL],
        env={"PATH": os.pathsep.join(map(str, folders)), "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_find_python_passes_by_a_shim_that_does_not_start(tmp_path):
    program(tmp_path / "shims", "python3.13", "echo 'not installed' >&2; exit 127")
    program(tmp_path / "shims", "python3", "exit 127")
    program(tmp_path / "bin", "python3", f'exec {sys.executable} "$@"')

    result = find(tmp_path / "shims", tmp_path / "bin")

    assert result.returncode == 0
    assert Path(result.stdout.strip()).samefile(sys._base_executable)  # type: ignore[attr-defined] # as venv uses it


def test_find_python_tries_every_occurrence_of_a_name(tmp_path):
    program(tmp_path / "old", "python3", "exit 1")
    program(tmp_path / "good", "python3", "echo /the/good/one")

    assert find(tmp_path / "old", tmp_path / "good").stdout == "/the/good/one\n"


def test_find_python_prefers_the_newest_name(tmp_path):
    program(tmp_path / "bin", "python3.12", "echo /twelve")
    program(tmp_path / "bin", "python3.14", "echo /fourteen")

    assert find(tmp_path / "bin").stdout == "/fourteen\n"


def test_find_python_says_what_is_needed_when_there_is_none(tmp_path):
    result = find(tmp_path)

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Spot the Signs needs Python 3.12 or newer")
