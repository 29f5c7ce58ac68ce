"""The register of figures in the demonstration: what the country published, and a few invented ones that say so."""

from datetime import timedelta

from django.utils import timezone

from fanal.access.rules import Role
from fanal.config.commands.console import Tell
from fanal.config.demo.coordination.company import Company
from fanal.statistics import services
from fanal.statistics.rules import Matter, Status
from fanal.statistics.services import Entry

_DEFINITION = "Chiffre inventé pour la démonstration. / Verzonnen cijfer voor de demonstratie."
_SOURCE = "Démonstration / demonstratie (synthétique / synthetisch)"


def play(company: Company, *, tell: Tell) -> None:
    """Four invented years of documents issued, one of them corrected, one too small to be told."""
    unit = editor_of(company)
    chance = company.chance("figures")
    first = timezone.localdate(company.until).year - 4
    for n in range(4):
        at = company.until - timedelta(days=365 * (3 - n) + 40)
        value = chance.randint(90, 180)
        entry = _entry(first + n, value, Status.KNOWN)
        with company.acting(unit, Role.COORDINATOR) as by:
            row = services.record(by=by, entry=entry, at=at)
            if n == 1:
                services.correct(
                    by=by, code=row.code, version=1, entry=_entry(first + n, value + 3, Status.KNOWN),
                    why="Trois dossiers comptés plus tard (synthétique)", at=at + timedelta(days=20),
                )  # fmt: skip
            if n == 3:
                small = _entry(first + n, None, Status.SUPPRESSED, breakdown="children")
                services.record(by=by, entry=small, at=at)
        tell("Figures", n + 1, 4)


def editor_of(company: Company) -> str:
    """The unit whose coordinator keeps the register and edits the reports: the one that coordinates."""
    found = sorted(
        member.unit_code
        for (_unit, role), member in company.members.items()
        if role is Role.COORDINATOR and member.unit_kind == "coordination"
    )
    return found[0]


def _entry(year: int, value: int | None, status: Status, breakdown: str = "") -> Entry:
    return Entry(
        matter=Matter("document_issued", "trafficking", str(year), "", breakdown),
        value=value,
        status=status,
        definition=_DEFINITION,
        source=_SOURCE,
        protected=True,
        synthetic=True,
        language="fr",
    )
