"""The bars: inside their box, in proportion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mafaka.reports.chart import FLOOR, TOP, WIDTH, bars


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=24))
def test_bars_stand_on_the_floor_inside_the_box_in_proportion(values: list[int]) -> None:
    drawn = bars([(str(number), value) for number, value in enumerate(values)])
    assert [bar.value for bar in drawn] == values
    for bar in drawn:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
        assert abs(bar.y + bar.height - FLOOR) < 0.2
        assert bar.y >= TOP - 0.1
    tallest = max(drawn, key=lambda bar: bar.value)
    assert all(bar.height <= tallest.height for bar in drawn)
    if tallest.value:
        assert tallest.height == FLOOR - TOP


def test_a_year_of_nothing_is_flat() -> None:
    assert all(bar.height == 0 for bar in bars([("janv.", 0), ("févr.", 0)]))
