"""The worker looks for recommendations that ask the same."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from fanal.recommendations import services


@app.task(queue="files")
def search(search_id: str) -> None:
    """One search; nothing when it was done already."""
    services.run_search(search_id=UUID(search_id), at=timezone.now())
