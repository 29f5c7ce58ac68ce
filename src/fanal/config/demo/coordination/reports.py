"""Reports in the demonstration: one edition built and published, one in preparation, and the practice sheet.

Every text is invented and says so; the figures are the published ones, with their sources.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from fanal.access.rules import Member, Permission, Role
from fanal.access.services import acting_as
from fanal.config.commands.console import Tell
from fanal.config.demo.coordination.company import Company
from fanal.config.demo.coordination.statistics import editor_of
from fanal.country import queries as country
from fanal.country.schema import ReportKind
from fanal.reports import queries, services
from fanal.reports.queries import Contribution, Report
from fanal.reports.rules import Stop
from fanal.statistics import queries as statistics

_REASON = (
    "Le centre l’a transmis lui-même au GRETA; les autres sources ne définissent pas ce qu’elles comptent."
)
STAGES = ("asked", "draft", "sent", "returned", "accepted", "signed")
"""How far a contribution came."""
_BACK = (
    "Merci d’ajouter la source de chaque nombre. / Gelieve de bron van elk getal toe te voegen. (synthétique)"
)
_TEXTS = (
    "<p><strong>Texte synthétique.</strong> Notre service a poursuivi ses initiatives et en rend compte ici.</p>"
    "<ul><li>Deux journées de formation ont été organisées.</li><li>Une fiche de travail a été revue.</li></ul>",
    "<p><strong>Synthetische tekst.</strong> Onze dienst zette zijn initiatieven voort.</p>"
    "<table><caption>Acties van de dienst (synthetisch)</caption>"
    "<thead><tr><th>Actie</th><th>Aantal</th></tr></thead>"
    "<tbody><tr><th>Opleidingsdagen</th><td>3</td></tr><tr><th>Overleg met partners</th><td>6</td></tr></tbody>"
    "</table>",
    "<p><strong>Texte synthétique.</strong> La coordination avec les partenaires s’est faite à intervalles réguliers; "
    "les difficultés rencontrées ont été portées au Bureau.</p>",
)


def play(company: Company, *, tell: Tell) -> None:
    """A two-yearly report of 2018 and 2019, frozen and published; the next one in preparation; the practice sheet."""
    editor = company.members[editor_of(company), Role.COORDINATOR]
    year = timezone.localdate(company.until).year
    start = company.until - timedelta(days=500)
    law = country.law(timezone.localdate(start))
    main = "biennial" if law.has(ReportKind, "biennial") else law.of(ReportKind)[0].code
    done = _open(editor, main, date(2018, 1, 1), date(2019, 12, 31), start)
    tell("Reports", 1, 4)
    _contribute(company, done, editor, start + timedelta(days=30))
    _drop_what_nobody_writes(done, editor, start + timedelta(days=80))
    _freeze(done, editor, start + timedelta(days=100), languages=("fr", "nl"))
    tell("Reports", 2, 4)
    now = company.until - timedelta(days=30)
    coming = _open(editor, main, date(year - 2, 1, 1), date(year - 1, 12, 31), now)
    _contribute(company, coming, editor, now + timedelta(days=10), STAGES)
    tell("Reports", 3, 4)
    if law.has(ReportKind, "practice"):
        sheet = _open(editor, "practice", date(2021, 1, 1), date(2025, 12, 31), now, synthetic=False)
        _freeze(sheet, editor, now + timedelta(days=2), languages=("fr", "en"))
    tell("Reports", 4, 4)


def _open(by: Member, kind: str, first: date, last: date, at: datetime, *, synthetic: bool = True) -> Report:
    on = timezone.localdate(at)
    with acting_as(by):
        return services.open_report(
            by=by, kind=kind, starts_on=first, ends_on=last, contributions_due_on=on + timedelta(days=45),
            due_on=on + timedelta(days=120), synthetic=synthetic, at=at,
        )  # fmt: skip


def _contribute(
    company: Company, row: Report, editor: Member, at: datetime, stages: Sequence[str] = ("signed",)
) -> None:
    """Each department that has somebody to write does, as far as its stage: in turn, those that are given."""
    with acting_as(editor):
        asked = queries.mine(row, editor)
    writers = ((each, _somebody(company, each, Permission.REPORT_CONTRIBUTE)) for each in asked)
    able = [(each, writer) for each, writer in writers if writer is not None]
    for n, (each, writer) in enumerate(able):
        stage = stages[n % len(stages)]
        signer = _somebody(company, each, Permission.REPORT_SIGN)
        _carry(each, STAGES.index(stage), writer, editor, signer, n, at + timedelta(hours=n))


def _carry(
    row: Contribution, far: int, writer: Member, editor: Member, signer: Member | None, n: int, at: datetime
) -> None:
    """One contribution, from what was asked to as far as it came."""
    if far >= STAGES.index("draft"):
        with acting_as(writer):
            services.write(by=writer, contribution_id=row.id, html=_TEXTS[n % 3], number=0, at=at)
            if far >= STAGES.index("sent"):
                services.send(by=writer, contribution_id=row.id, at=at)
    if far >= STAGES.index("returned"):
        with acting_as(editor):
            if far == STAGES.index("returned"):
                services.send_back(by=editor, contribution_id=row.id, words=_BACK, at=at + timedelta(days=3))
            else:
                services.accept(by=editor, contribution_id=row.id, at=at + timedelta(days=5))
    if far >= STAGES.index("signed") and signer is not None:
        with acting_as(signer):
            services.sign(by=signer, contribution_id=row.id, number=1, at=at + timedelta(days=9))


def _somebody(company: Company, row: Contribution, permission: Permission) -> Member | None:
    members = sorted(company.members.values(), key=lambda member: str(member.role))
    return next((it for it in members if it.unit_id == row.unit_id and it.may(permission)), None)


def _drop_what_nobody_writes(row: Report, by: Member, at: datetime) -> None:
    """A department that did not answer in time is no longer asked, with the reason."""
    with acting_as(by):
        for each in queries.mine(row, by):
            if each.state != queries.State.SIGNED:
                why = "Pas de réponse dans le délai (synthétique)"
                services.withdraw(by=by, contribution_id=each.id, why=why, at=at)


def _freeze(row: Report, by: Member, at: datetime, *, languages: Sequence[str]) -> None:
    """Choose where figures contradict each other, freeze, make the files, publish."""
    with acting_as(by):
        found = queries.obstacles(row, by, timezone.localdate(at))
        codes = sorted({each.detail for each in found if each.stop is Stop.FIGURE_CONTRADICTED})
        chosen = set()
        for _code, line in sorted(statistics.current(codes, by).items()):
            if line.matter not in chosen:
                chosen.add(line.matter)
                services.choose(
                    by=by,
                    reference=row.reference,
                    code=line.code,
                    version=line.version,
                    reason=_REASON,
                    at=at,
                )
        edition = services.freeze(by=by, reference=row.reference, languages=languages, at=at)
        services.build(edition_id=edition.id, at=at)
        services.publish(by=by, reference=row.reference, number=edition.number, at=at + timedelta(days=1))
