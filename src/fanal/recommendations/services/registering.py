"""What was asked, as it enters the register and as it is put right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotAllowed, Stale
from fanal.recommendations import queries
from fanal.recommendations.models import Recommendation
from fanal.recommendations.rules import Issued
from fanal.recommendations.rules.importing import LONGEST
from fanal.recommendations.rules.words import LANGUAGES, plain, terms

_LISTS = {"body": "recommendation_body", "force": "recommendation_force", "theme": "recommendation_theme"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that is kept of what was asked. `words`: our own, by language, one at least."""

    body: str
    document: str
    issued: Issued
    words: Mapping[str, str]
    force: str = "unstated"
    theme: str = "other"
    paragraph: str = ""
    instrument: str = ""
    external_id: str = ""
    addressees: tuple[str, ...] = ()
    link: str = ""
    source: str = ""
    to_verify: bool = False
    reply_due: date | None = None
    synthetic: bool = False


@transaction.atomic
def record(*, by: Member, content: Content, at: datetime) -> Recommendation:
    """Enter one recommendation; it gets the next number of its year.

    Refused: `NotAllowed`; `Invalid` `unknown_code`, `words`, `too_long`, `link`, `reply_due`, `issued_later`, and
    `known` when the register has the same external number of that body, or the same paragraph of that document.
    """
    demand_editor(by)
    content = _checked(content, timezone.localdate(at))
    held = queries.known([content.body])
    there = held.external.get((content.body, content.external_id)) if content.external_id else None
    if content.paragraph:
        there = there or held.paragraphs.get(
            (content.body, plain(content.document), plain(content.paragraph))
        )
    if there:
        raise Invalid("known", _("The register has it already."), field="document", number=there)
    [row] = enter([content], person_id=by.person_id, at=at)
    trace_entered(by, "recommendations.record", [row], at)
    return row


def demand_editor(by: Member) -> None:
    """Refused with `NotAllowed` for who does not keep the register."""
    if not by.may(Permission.RECOMMENDATION_EDIT):
        raise NotAllowed("not_allowed", _("Your function does not include this act."))


def enter(contents: Sequence[Content], *, person_id: UUID | None, at: datetime) -> list[Recommendation]:
    """Write checked contents in their order, each under the next number of its year; the caller traces it."""
    taken = _numbers({content.issued.on.year for content in contents})
    rows = []
    for content in contents:
        year = content.issued.on.year
        taken[year] += 1
        number = f"REC-{year}-{taken[year]:03}"
        rows.append(Recommendation(number=number, recorded_at=at, recorded_by=person_id, **_columns(content)))
    Recommendation.objects.bulk_create(rows, batch_size=500)
    return rows


def trace_entered(by: Member, act: str, rows: Sequence[Recommendation], at: datetime) -> None:
    """One line for everything that one act entered."""
    audit.record(
        by=by, verb=Verb.COLLECT, act=act, at=at, object_ids=[row.id for row in rows[:1000]],
        reference=rows[0].number if len(rows) == 1 else "", facts={"count": len(rows)},
    )  # fmt: skip


@transaction.atomic
def change(
    *, by: Member, number: str, content: Content, version: int | None = None, at: datetime
) -> Recommendation:
    """Put right what the register says was asked; its number stays. The same twice changes nothing.

    Refused as `record`, and `Stale` when somebody changed it meanwhile; `NotFound`.
    """
    demand_editor(by)
    row = queries.one(number, lock=True)
    checked = _checked(content, timezone.localdate(at))
    columns = _columns(checked)
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if not changed:
        return row
    if version is not None and row.version != version:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    for name in changed:
        setattr(row, name, columns[name])
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    audit.record(
        by=by, verb=Verb.ALTER, act="recommendations.change", at=at, object_ids=[row.id], reference=number,
        facts={"fields": sorted(changed)},
    )  # fmt: skip
    return row


def _columns(content: Content) -> dict[str, object]:
    values = asdict(content)
    del values["issued"]
    return values | {
        "issued_on": content.issued.on,
        "precision": content.issued.precision.value,
        "addressees": list(content.addressees),
        "words": dict(content.words),
        "terms": terms(
            content.words,
            content.document,
            content.paragraph,
            content.body,
            content.external_id,
            content.instrument,
        ),
    }


def _checked(content: Content, on: date) -> Content:
    law = country.law(on)
    for name, code_list in _LISTS.items():
        if not law.has_code(code_list, getattr(content, name)):
            raise Invalid("unknown_code", _("Choose one from the list."), field=name)
    said = {language: text.strip() for language, text in content.words.items() if text.strip()}
    if not said or set(said) - set(LANGUAGES):
        raise Invalid("words", _("Say in one language at least what is asked."), field="words_en")
    for name, most in LONGEST.items():
        if name != "words" and len(getattr(content, name)) > most:
            raise Invalid(
                "too_long", _("At most %(most)d characters are kept here.") % {"most": most}, field=name
            )
    if not content.document.strip():
        raise Invalid("document", _("Name the document in which it stands."), field="document")
    if content.issued.on > on:
        raise Invalid("issued_later", _("A recommendation is not made in the future."), field="issued")
    if content.reply_due is not None and content.reply_due < content.issued.on:
        raise Invalid(
            "reply_due", _("The reply cannot be due before the recommendation was made."), field="reply_due"
        )
    if content.link and urlsplit(content.link).scheme not in ("http", "https"):
        raise Invalid("link", _("Write the whole address, beginning with https://."), field="link")
    known = {house.code for house in directory.institutions(on)}
    if set(content.addressees) - known:
        raise Invalid("unknown_code", _("Choose one from the list."), field="addressees")
    return replace(content, words=said, **_stripped(content))


def _stripped(content: Content) -> dict[str, Any]:
    names = ("document", "paragraph", "instrument", "external_id", "link")
    return {name: getattr(content, name).strip() for name in names}


def _numbers(years: Iterable[int]) -> dict[int, int]:
    """{year: the last running number taken}; whoever numbers waits for who numbers before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('recommendations.number'))")
    found = {}
    for year in years:
        rows = Recommendation.objects.filter(number__startswith=f"REC-{year}-")
        last = rows.annotate(running=Substr("number", 10)).values_list("running", flat=True)
        found[year] = max((int(each) for each in last), default=0)
    return found
