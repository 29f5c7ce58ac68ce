"""Numbers as people type them, and those that are sent back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.errors import Invalid
from fanal.web.numbers import read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234.5", "1234.5"),
        ("12,345", "12.345"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("45 %", "45"),
        ("€ 1 200", "1200"),
        ("-3,5", "-3.5"),
        ("\u22123", "-3"),
        ("1'000", "1000"),
        ("100,000", "100"),
        ("0", "0"),
        ("500000", "500000"),
    ],
)
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    assert read_number(typed) == Decimal(value)
    assert "E" not in str(read_number(typed)) or read_number(typed) == read_number(f"{read_number(typed):f}")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "number_unreadable"),
        ("about ten", "number_unreadable"),
        ("1,2,3", "number_unreadable"),
        ("12.34,5", "number_unreadable"),
        ("1e5", "number_unreadable"),
        ("--3", "number_unreadable"),
        ("1.234", "number_unsure"),
        ("12.500", "number_unsure"),
        ("1,23456", "number_places"),
        ("1 000 000 000 000", "number_large"),
    ],
)
def test_numbers_that_are_sent_back(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_number(typed)
    assert refused.value.code == code


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=3, allow_nan=False, allow_infinity=False))
def test_what_is_written_as_belgians_do_is_read_again(value: Decimal) -> None:
    written = f"{value:,.3f}".replace(",", " ").replace(".", ",")
    assert read_number(written) == value
