import json

from tests.benchmarks.harness import (
    Case,
    available,
    main,
    needs_postgresql,
    report,
)


def test_report_prints_a_line_per_case_and_writes_the_file(tmp_path, capsys):
    cases = [
        Case("open", 0.5, "an empty view", {"per_second": 512.34567, "rows": 3}),
        Case("open/growth", 1.0, "100 codes", {"p50_ms": 2.0}),
    ]

    path = report("landing", iter(cases), tmp_path / "bench")

    assert capsys.readouterr().out.splitlines() == [
        "bench landing/open: per_second=512.3 rows=3 ratio=0.5 vs an empty view",
        "bench landing/open/growth: p50_ms=2 ratio=1 vs 100 codes",
    ]
    assert path == tmp_path / "bench/landing.json"
    assert json.loads(path.read_text()) == {
        "name": "landing",
        "cases": [
            {
                "case": "open",
                "ratio": 0.5,
                "baseline": "an empty view",
                "figures": {"per_second": 512.34567, "rows": 3},
            },
            {
                "case": "open/growth",
                "ratio": 1.0,
                "baseline": "100 codes",
                "figures": {"p50_ms": 2.0},
            },
        ],
    }


def test_a_name_that_is_no_benchmark_is_answered_with_those_that_are(capsys):
    assert "landing" in available()
    assert main(["harness"]) == 2
    assert capsys.readouterr().err == (
        "There is no benchmark “harness”. Try: make bench NAME=<one of "
        f"{', '.join(available())}>\n"
    )


def test_every_benchmark_says_which_database_it_needs():
    needs = {name: needs_postgresql(name) for name in available()}

    assert needs["import"] is False
    assert needs["coverage"] is True
