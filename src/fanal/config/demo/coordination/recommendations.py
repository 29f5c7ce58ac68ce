"""The real register of the country, answered by an invented government and an invented rapporteur, all flagged so."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fanal.access.rules import Member, Permission
from fanal.access.services import acting_as
from fanal.config.commands.console import Tell
from fanal.errors import NotAllowed
from fanal.plans import queries as plans
from fanal.recommendations import queries, services
from fanal.recommendations.queries import Recommendation
from fanal.recommendations.rules import Issued, Precision

from .company import Company

_ANSWERS = (
    (
        "accepted",
        "Inventé pour la démonstration : le gouvernement y souscrit et poursuit la mesure en cours.",
    ),
    (
        "partly",
        "Verzonnen voor de demonstratie: de regering volgt dit gedeeltelijk, binnen de beschikbare middelen.",
    ),
    ("noted", "Inventé pour la démonstration : le gouvernement en prend note et l’examine en Cellule."),
    (
        "accepted",
        "Verzonnen voor de demonstratie: de regering aanvaardt dit en vraagt de Cel om een voorstel.",
    ),
    ("rejected", "Inventé pour la démonstration : la compétence appartient à un autre niveau de pouvoir."),
)
_EVIDENCE = (
    "Inventé pour la démonstration : une circulaire a été adressée aux services.",
    "Verzonnen voor de demonstratie: een opleiding vond plaats in elk arrondissement.",
    "Inventé pour la démonstration : les chiffres de l’année sont publiés.",
)
_VERDICTS = (
    ("partly", "Verzonnen voor de demonstratie: er gebeurde iets, maar niet voor iedereen."),
    ("not_done", "Inventé pour la démonstration : rien de visible sur le terrain."),
    ("done", "Verzonnen voor de demonstratie: dit is in de praktijk vastgesteld."),
)
_INVENTED = (
    (
        "Publier chaque année le nombre de formations données",
        "Elk jaar het aantal gegeven opleidingen publiceren",
        -20,
    ),
    ("Traduire le dépliant dans trois langues de plus", "De folder in drie talen meer vertalen", 40),
)


def play(company: Company, *, tell: Tell) -> None:
    """Positions, answers, assessments and clusters over what the pack knows; two invented ones with a reply due."""
    editor, answerer, rapporteur = _cast(company)
    if editor is None or answerer is None:
        return
    chance = company.chance("recommendations")
    rows = list(
        queries.recommendations(queries.Filters(), timezone.localdate(company.until)).order_by("number")
    )
    keys = [
        line.key
        for plan in plans.in_force(company.until.date())
        for line in plans.measures(plan.code, company.until.date())
    ]
    for nth, row in enumerate(rows):
        tell("Inventing answers to recommendations", nth, len(rows))
        if chance.random() < 0.75:
            _answer(company, answerer, row, nth, keys[nth % len(keys)] if keys and nth % 2 else "")
        if rapporteur is not None and chance.random() < 0.4:
            _assess(company, rapporteur, row, nth)
    _invent(company, editor)
    _gather(company, editor)
    tell("Inventing answers to recommendations", len(rows), len(rows))


def _cast(company: Company) -> tuple[Member | None, Member | None, Member | None]:
    """Who keeps the register, who answers for the government, who assesses."""

    def first(permission: Permission) -> Member | None:
        able = [member for member in company.members.values() if member.may(permission)]
        able.sort(key=lambda member: (member.unit_kind != "coordination", member.unit_id, member.role))
        return able[0] if able else None

    both = [
        member
        for member in company.members.values()
        if member.may(Permission.RECOMMENDATION_EDIT) and member.may(Permission.RECOMMENDATION_ANSWER)
    ]
    both.sort(key=lambda member: (member.unit_kind != "coordination", member.unit_id))
    return (
        first(Permission.RECOMMENDATION_EDIT),
        both[0] if both else None,
        first(Permission.RECOMMENDATION_ASSESS),
    )


def _later(company: Company, row: Recommendation, days: int) -> datetime:
    """So many days after it was made, before the past ends."""
    at = timezone.make_aware(datetime.combine(row.issued_on, time(10)))
    return min(at + timedelta(days=days), company.until - timedelta(days=1))


def _answer(company: Company, by: Member, row: Recommendation, nth: int, key: str) -> None:
    at = _later(company, row, 240 + 17 * (nth % 11))
    position, reason = _ANSWERS[nth % len(_ANSWERS)]
    with acting_as(by):
        try:
            services.state_position(
                by=by, number=row.number, position=position, reason=reason, stated_on=timezone.localdate(at),
                synthetic=True, at=at,
            )  # fmt: skip
        except NotAllowed:
            return
        if position not in ("accepted", "partly"):
            return
        if key:
            services.add_answer(
                by=by, number=row.number, kind="measure", key=key, on=timezone.localdate(at), synthetic=True,
                at=company.until - timedelta(days=1),
            )  # fmt: skip
        if nth % 3 == 0:
            services.add_answer(
                by=by, number=row.number, kind="evidence", words=_EVIDENCE[nth % len(_EVIDENCE)],
                on=timezone.localdate(at), synthetic=True, at=at,
            )  # fmt: skip


def _assess(company: Company, by: Member, row: Recommendation, nth: int) -> None:
    verdict, words = _VERDICTS[nth % len(_VERDICTS)]
    with acting_as(by):
        services.assess(
            by=by, number=row.number, verdict=verdict, words=words, public=nth % 2 == 0, synthetic=True,
            at=_later(company, row, 400 + 29 * (nth % 7)),
        )  # fmt: skip


def _invent(company: Company, by: Member) -> None:
    """Two that nobody made, with a reply due: one is late, one is not."""
    on = timezone.localdate(company.until)
    made = date(on.year - 1, 3, 1)
    with acting_as(by):
        for nth, (french, dutch, days) in enumerate(_INVENTED, 1):
            content = services.Content(
                body="greta", document="Exercice 1 / Oefening 1", paragraph=str(nth),
                issued=Issued(made, Precision.DAY), words={"fr": french, "nl": dutch}, force="invites",
                reply_due=on + timedelta(days=days), source="Inventé / verzonnen", synthetic=True,
            )  # fmt: skip
            services.record(by=by, content=content, at=company.until - timedelta(days=60))


def _gather(company: Company, by: Member) -> None:
    """Who asks the same: found, and all but the least alike confirmed, so that something is left to judge."""
    at = company.until - timedelta(days=30)
    with acting_as(by):
        search = services.begin_search(by=by, at=at)
    services.run_search(search_id=search.id, at=at)
    found = list(queries.proposals().order_by("-score"))
    with acting_as(by):
        for proposal in found[: max(len(found) - 3, 0)]:
            numbers = list(proposal.recommendations.values_list("number", flat=True))
            services.confirm(by=by, proposal_id=proposal.id, numbers=numbers, at=at)
