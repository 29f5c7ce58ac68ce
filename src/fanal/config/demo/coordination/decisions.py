"""Decisions that no meeting of the demonstration takes: published ones with their sources, and invented older ones."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise

from django.conf import settings
from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies import services as circles
from fanal.config.commands.console import Tell
from fanal.decisions import queries, services
from fanal.decisions.rules import State

from .bodies import preparer, sitting
from .company import Company

OLDER = (
    (1995, "Se réunir avant chaque rapport annuel"),
    (1997, "Eén contactpersoon per departement aanwijzen"),
    (1999, "Traduire la brochure d’accueil en huit langues"),
    (2001, "De overzichtslijst van de centra elk jaar bijwerken"),
    (2004, "Confier le secrétariat à un seul service"),
    (2006, "Een model voor het jaarverslag gebruiken"),
    (2009, "Inviter les magistrats de référence une fois par an"),
    (2011, "De opleiding van de onthaaldiensten hernemen"),
    (2013, "Relire la circulaire avec tous ses signataires"),
)
LATER = (
    ("Publier les dates des réunions de l’année", 700, State.DONE, "Calendrier envoyé à tous les membres."),
    ("De lijst van contactpunten nakijken", 500, State.DONE, "Nagekeken met de negentien contactpunten."),
    ("Réunir les juristes sur la protection des données", 400, State.IN_PROGRESS, "Première réunion tenue."),
    ("Een handleiding voor nieuwe leden schrijven", 300, State.IN_PROGRESS, "Ontwerp rondgestuurd."),
    ("Demander un avis sur le formulaire commun", 200, State.OPEN, ""),
    ("De vertaling van de richtlijn laten nalezen", 120, State.OPEN, ""),
    ("Préparer la visite d’évaluation", 60, State.OPEN, ""),
)
SYNTHETIC = "Inventé pour la démonstration. / Verzonnen voor de demonstratie."


def play(company: Company, *, tell: Tell) -> None:
    """The register before the meetings: published adoptions, invented decisions since 1995, some still open."""
    tell("Inventing decisions", 0, 4)
    _published(company)
    tell("Inventing decisions", 1, 4)
    _older(company)
    tell("Inventing decisions", 2, 4)
    _later(company)
    tell("Inventing decisions", 3, 4)
    _for_few(company)
    tell("Inventing decisions", 4, 4)


def _published(company: Company) -> None:
    """What the country's pack knows with its sources; each adoption stands in the place of the one before."""
    table = files(f"fanal.countries.{settings.FANAL_COUNTRY}") / "decisions.tsv"
    if not table.is_file():
        return
    at = company.until - timedelta(days=30)
    by = preparer(company, "cell", timezone.localdate(at))
    with acting_as(by):
        services.bring_in(by=by, content=table.read_bytes(), at=at)
        rows = queries.find(queries.Search(body="cell"), by, timezone.localdate(at)).order_by("taken_on")
        for earlier, later in pairwise([row.number for row in rows]):
            services.supersede(by=by, number=earlier, by_number=later, at=at)


def _older(company: Company) -> None:
    by = preparer(company, "cell", timezone.localdate(company.since))
    with acting_as(by):
        for year, title in OLDER:
            services.record(
                by=by, body_code="cell", title=title, text=SYNTHETIC, taken_on=date(year, 6, 15), state=State.DONE,
                synthetic=True, quiet=True, at=company.since,
            )  # fmt: skip


def _later(company: Company) -> None:
    on = timezone.localdate(company.until)
    owners = [member for member, seat in sitting(company, "bureau", on) if seat.votes]
    made = []
    for nth, (title, ago, state, note) in enumerate(LATER):
        taken = on - timedelta(days=ago)
        owner = owners[nth % len(owners)]
        number = _taken(company, title, taken, owner, taken + timedelta(days=90 + 40 * (nth % 3)))
        made.append(number)
        if note:
            _followed(owner, number, state, note, min(taken + timedelta(days=80), on))
    by, at = preparer(company, "bureau", on), company.until - timedelta(days=10)
    with acting_as(by):
        services.publish_extract(
            by=by, number=made[0], title=LATER[0][0], text="Les dates des réunions sont publiées chaque année.",
            language="fr", at=at,
        )  # fmt: skip
        services.supersede(by=by, number=made[4], by_number=made[5], note="Repris ensemble. (inventé)", at=at)


def _taken(company: Company, title: str, taken: date, owner: Member, due: date) -> str:
    by = preparer(company, "bureau", taken)
    with acting_as(by):
        row = services.record(
            by=by, body_code="bureau", title=title, text=SYNTHETIC, taken_on=taken, due_on=due,
            owner_unit_ids=[owner.unit_id], synthetic=True, at=_at(taken),
        )  # fmt: skip
    return row.number


def _followed(owner: Member, number: str, state: State, note: str, day: date) -> None:
    with acting_as(owner):
        services.follow(by=owner, number=number, state=state, note=f"{note} (inventé)", at=_at(day))


def _for_few(company: Company) -> None:
    """A decision for two seats: nobody else of the demonstration finds it."""
    at = company.until - timedelta(days=40)
    on = timezone.localdate(at)
    by = preparer(company, "bureau", on)
    other = next(seat for member, seat in sitting(company, "bureau", on) if member.unit_id != by.unit_id)
    with acting_as(by):
        wall = circles.restrict(by=by, body_code="bureau", seat_ids=[other.id], at=at)
        services.record(
            by=by, body_code="bureau", title="Avis sur une candidature (inventé)", text=SYNTHETIC, taken_on=on,
            compartment_id=wall, owner_unit_ids=[other.unit_ids[0]], synthetic=True, at=at,
        )  # fmt: skip


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(16)))
