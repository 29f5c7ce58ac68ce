"""Figures that are shown to those who may see no file."""

SMALLEST = 5
"""Counts below five are not shown to those who read no file (organisational default; Eurostat and most national
statistical offices use three to ten for sensitive persons)."""


def protected(count: int) -> int | None:
    """A count as a coordinator may see it: None below five, else the nearest multiple of five.

    Rounding every cell and every total on its own keeps a hidden cell from being found by subtraction, and one
    alert more or less from being seen from one day to the next.
    """
    return None if count < SMALLEST else SMALLEST * ((count + SMALLEST // 2) // SMALLEST)
