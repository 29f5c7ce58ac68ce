"""Three hundred people with ten seconds to think, at a million persons, for ten minutes on two processors."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from fanal.config.bench.house import WORKERS, served, superuser, throwaway
from proofs.figure import Figure, Tell
from proofs.loading.playing import Played, growth, play

PEOPLE, THINKING, SECONDS, PERSONS = 300, 10, 600, 1_000_000
SLOWEST, GROWTH = 500, 0.05
EACH = 40  # alerts that a person opens, again and again


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """All of it at scale 1; below, fewer persons, people and minutes (at least 20 people for 30 seconds)."""
    os.environ["FANAL_COUNTRY"] = "belgium"
    os.environ.pop("FANAL_LIMITS", None)  # people do not meet them
    with throwaway() as folder:
        from fanal.config.bench import filling
        from fanal.config.bench.preparing import prepare

        alerts = PERSONS / filling.PERSONS_EACH / filling.ALERTS
        field, _ = prepare(folder, scale=max(alerts * scale, 0.01), tell=tell)
        with superuser(folder) as db:
            (persons,) = db.execute("SELECT count(*) FROM alerts_person").fetchone() or (0,)
            crowd = hired(sorted(_roles()), count=max(int(PEOPLE * scale), 20))
            people = [entry(member, _openable(db, member.unit_id)) for member in crowd]
        script = written(
            [one for one in people if one["references"]], field.reports, seed=seed, thinking=THINKING
        )
        with served() as (port, server):
            seconds = max(SECONDS * scale, 30)
            played = play(
                port,
                server,
                script,
                people=max(int(PEOPLE * scale), 20),
                seconds=seconds,
                folder=folder,
                tell=tell,
            )
    return figures(played, persons=persons, people=max(int(PEOPLE * scale), 20), seconds=seconds)


def figures(played: Played, *, persons: int, people: int, seconds: float) -> list[Figure]:
    """The three promises of the load, as measured."""
    p95, (first, last) = played.percentile(0.95), growth(played.memory)
    done = ", ".join(f"{name} {count}" for name, count in sorted(played.by_name.items()))
    how = f"{people} people, {THINKING} s to think, {persons:,} persons, {seconds:.0f} s, {WORKERS} web processes"
    errors = sum(played.errors.values())
    wrong = f"; errors: {dict(played.errors)}" if errors else ""
    grown = (last - first) / first if first else 0
    return [
        Figure(
            "95 of 100 answers within", f"{p95} ms", f"≤ {SLOWEST} ms", p95 <= SLOWEST,
            f"{how}; median {played.percentile(0.5)} ms, 99 of 100 {played.percentile(0.99)} ms",
        ),
        Figure("errors", f"{errors} of {len(played.milliseconds):,}", "0", not errors and bool(done), done + wrong),
        Figure(
            "memory of a worker, last against first quarter", f"{grown:+.1%}", f"≤ +{GROWTH:.0%}", grown <= GROWTH,
            f"{first:.0f} MB, then {last:.0f} MB; a fifth of the time to warm up is left out",
        ),
    ]  # fmt: skip


def _roles() -> Sequence[str]:
    """The roles whose daily work is looking at alerts and recording them."""
    from fanal.access.rules import PERMISSIONS, Permission

    wanted = {Permission.ALERT_READ, Permission.ALERT_RECORD, Permission.ALERT_CLOSE}
    return [role for role, held in PERMISSIONS.items() if wanted <= held]


def hired(roles: Sequence[str], *, count: int) -> list[Any]:
    """So many people, each with an account and a second factor of her own, over the units that have such a role."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from fanal.access.models import Account, Membership
    from fanal.access.queries import member_from

    rows = list(
        Membership.objects.filter(role__in=roles, valid_to=None)
        .select_related("unit", "account")
        .order_by("id")
    )
    found = []
    for number in range(count):
        like = rows[number % len(rows)]
        account = Account.objects.create_user(f"load{number}@demo.fanal.example", None, name=f"Load {number}")
        TOTP.activate(account, generate_totp_secret())
        row = Membership.objects.create(
            account=account, unit=like.unit, role=like.role, valid_from=date(2020, 1, 1)
        )
        found.append(member_from(Membership.objects.select_related("unit", "account").get(pk=row.pk)))
    return found


def entry(member: Any, references: Sequence[str]) -> dict[str, Any]:
    """One person as `people.py` reads her."""
    from fanal.config.bench.measures import browser, token

    session = browser(member).cookies["sessionid"].value
    return {"session": session, "token": token(member), "references": list(references)}


def written(
    people: Sequence[Mapping[str, Any]], reports: Sequence[Any], *, seed: int, thinking: float
) -> dict[str, Any]:
    """What `people.py` reads. Only adults: an alert of a minor is not closed in a minute."""
    from fanal.alerts.rules.ages import any_child, minority
    from fanal.country.queries import law

    today = law(date.today())
    adults = [one for one in reports if not any_child(minority(person.age, today) for person in one.persons)]
    said = json.loads(json.dumps([asdict(report) for report in adults], default=str))
    return {
        "people": people,
        "reports": said,
        "seed": seed,
        "thinking": thinking,
        "outcome": "not_trafficking",
    }


def _openable(db: Any, unit_id: int) -> list[str]:
    rows = db.execute(
        "SELECT reference FROM alerts_alert WHERE acl && ARRAY[%s]::int[] ORDER BY id DESC LIMIT %s",
        [unit_id, EACH],
    )
    return [reference for (reference,) in rows]
