"""Bars drawn by the server: no script, no style, the same on paper. The table beside says the same in numbers."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT, FLOOR, TOP = 480, 200, 172, 20


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how high it is, and what is written under and over it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    over: float
    label: str
    value: int


def bars(values: list[tuple[str, int]]) -> list[Bar]:
    """Return one bar for each label and value, scaled to the highest, in a box of WIDTH by HEIGHT."""
    highest = max([value for _label, value in values] + [1])
    step = WIDTH / max(1, len(values))
    drawn = []
    for number, (label, value) in enumerate(values):
        height = round((FLOOR - TOP) * value / highest, 1)
        x = round(step * number + step * 0.15, 1)
        width = round(step * 0.7, 1)
        y, middle = round(FLOOR - height, 1), round(x + width / 2, 1)
        drawn.append(Bar(x, y, width, height, middle, round(y - 5, 1), label, value))
    return drawn
