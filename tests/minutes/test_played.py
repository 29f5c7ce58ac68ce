"""The invented sessions: each is held through the services, and the next one approves the minutes of the one before."""

from datetime import timedelta

from django.utils import timezone
from tests.cast import Cast
from tests.minutes.conftest import plan

from fanal.access.rules import Role
from fanal.access.services import acting_as
from fanal.config.demo.coordination.company import Company
from fanal.config.demo.coordination.minutes import SYNTHETIC, play, sit
from fanal.decisions.models import Decision
from fanal.meetings import services as meeting_services
from fanal.minutes.models import Minutes, Note, Procedure


def test_a_session_after_another(cast: Cast) -> None:
    now, unit = timezone.now(), cast.secretary.unit_code
    company = Company("7", {(unit, Role.SECRETARY): cast.secretary}, now - timedelta(days=400), now)
    for days in (60, 30):
        with acting_as(cast.secretary):
            for n in range(2):
                meeting_services.propose(
                    by=cast.secretary, body_code="bureau", title=f"Matter {days}.{n}", aim="decision",
                    at=now - timedelta(days=days + 15),
                )  # fmt: skip
        row = plan(cast, now - timedelta(days=days))
        sit(company, row.reference, unit=unit, role=Role.SECRETARY)
    with acting_as(cast.secretary):
        states = list(Minutes.objects.order_by("held_on").values_list("state", flat=True))
        assert states == ["approved", "circulated"]
        assert Note.objects.count() > 2
        assert all(note.text.startswith(SYNTHETIC) for note in Note.objects.all())
        assert Decision.objects.exclude(meeting_key="").count() > 0
        assert not Decision.objects.filter(synthetic=False).exists()


def test_in_the_year_without_a_meeting_a_text_goes_round_in_writing(cast: Cast) -> None:
    now = timezone.now()
    members = {
        (cast.secretary.unit_code, Role.SECRETARY): cast.secretary,
        (cast.representative.unit_code, Role.REPRESENTATIVE): cast.representative,
    }
    company = Company("7", members, now - timedelta(days=3650), now)
    for _twice in range(2):
        play(company, tell=lambda *_: None)
    with acting_as(cast.secretary):
        row = Procedure.objects.get()
        assert (row.year, row.adopted, row.result["yes"]) == (2020, True, 1)
        assert row.title.startswith(SYNTHETIC)
        assert Decision.objects.get(number=row.decision).synthetic
