import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports import as_written, neutral


@pytest.mark.parametrize("cell", ("=1+1", "+44", "-3", "@home", "\tx", "\rx", "  =1"))
def test_neutral_marks_what_a_spreadsheet_would_run(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ("Zoë", "O'Brien", "'t Hooft", "1-2", ""))
def test_neutral_leaves_other_cells_alone(cell):
    assert neutral(cell) == as_written(cell) == cell


@given(st.text(alphabet="'= +-@\t\rab", max_size=6))
def test_as_written_gives_back_what_neutral_marked(cell):
    assert as_written(neutral(cell)) == cell
