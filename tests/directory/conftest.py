"""The directory on testland, and on Belgium where dated municipalities or real words matter."""

from datetime import date

import pytest
from pytest_django import Settings

from fanal.config.loading import load_country

ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def navigation(settings: Settings) -> None:
    settings.NAVIGATION = [("directory:call", "Directory", "")]


@pytest.fixture
def belgium(db: None, settings: Settings) -> None:
    settings.FANAL_COUNTRY = "belgium"
    load_country(on=ON)
