"""Minutes and written procedures, for programs: the same acts as the pages."""

from ninja import Router

from fanal.minutes.api import after, sessions, written

router = Router(tags=["minutes"])
for part in (written, sessions, after):
    router.add_router("", part.router)
