import pytest
from datetime import date
from fanal.country import queries
pytestmark=pytest.mark.django_db
def test_law():
    law=queries.law(date(2025,6,30))
    assert law.term("reflection").amount==30
