"""What stops a report and where, choices in the open, and frozen editions that are made again byte for byte."""

import io
import json
import zipfile
from datetime import datetime
from hashlib import sha256
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.figures.conftest import ENTRY
from tests.figures.conftest import recorded as recorded_figure
from tests.reports.conftest import figure, opened, section, signed, written

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.reports import queries, services
from fanal.reports.models import Choice, Contribution, Edition, File, Report
from fanal.reports.rules import Stop
from fanal.statistics import services as statistics
from fanal.statistics.queries import in_force
from fanal.statistics.rules import Matter

pytestmark = pytest.mark.django_db


def stops(report: Report, by: Member, now: datetime) -> list[tuple[Stop, str, int, str]]:
    with acting_as(by):
        found = queries.obstacles(report, by, timezone.localdate(now))
        assert found == queries.assemble(report, by, timezone.localdate(now)).obstacles
    return [(each.stop, each.number, each.paragraph, each.detail) for each in found]


def choose(by: Member, report: Report, code: str, now: datetime, reason: str = "Counted by night") -> Choice:
    with acting_as(by):
        version = in_force(code, by).version
        return services.choose(
            by=by, reference=report.reference, code=code, version=version, reason=reason, at=now
        )


def test_an_open_section_stops_the_report(
    cast: Cast, report: Report, owed: Contribution, now: datetime
) -> None:
    assert stops(report, cast.secretary, now) == [(Stop.OPEN, "2", 0, "")]
    written(cast, owed, now)
    with acting_as(cast.secretary), pytest.raises(services.Stopped) as stopped:
        services.freeze(by=cast.secretary, reference=report.reference, languages=["en"], at=now)
    assert [each.stop for each in stopped.value.obstacles] == [Stop.OPEN]
    with acting_as(cast.correspondent):
        services.send(by=cast.correspondent, contribution_id=owed.id, at=now)
    with acting_as(cast.secretary):
        services.accept(by=cast.secretary, contribution_id=owed.id, at=now)
    assert stops(report, cast.secretary, now) == [(Stop.UNSIGNED, "2", 0, "")]
    assert not Edition.objects.exists()


def test_every_kind_of_figure_that_stops_it_is_told_with_its_place(
    cast: Cast, report: Report, owed: Contribution, now: datetime
) -> None:
    by = cast.secretary
    recorded_figure(by, now)
    recorded_figure(by, now, matter=Matter("offence", "trafficking", "2023"), protected=False)
    text = "<p>First.</p>" + "".join(
        figure(code)
        for code in ("offence-t-2024-1", "none-1", "offence-t-2023-1", "captives-2019", "trials-2019")
    )
    text += '<p>See <span data-ref="snowhere0">there</span>.</p>'
    signed(cast, owed, now, text)
    with acting_as(by):
        statistics.correct(
            by=by, code="offence-t-2024-1", version=1, entry=ENTRY.__class__(**_with(ENTRY, value=347)), why="Again",
            at=now,
        )  # fmt: skip
    assert stops(report, by, now) == [
        (Stop.FIGURE_SUPERSEDED, "2", 2, "offence-t-2024-1"),
        (Stop.FIGURE_MISSING, "2", 3, "none-1"),
        (Stop.FIGURE_UNPROTECTED, "2", 4, "offence-t-2023-1"),
        (Stop.FIGURE_CONTRADICTED, "2", 5, "captives-2019"),
        (Stop.REFERENCE_LOST, "2", 7, "snowhere0"),
    ]
    choose(by, report, "offence-t-2024-1", now)
    choose(by, report, "captives-2019-b", now)
    assert [stop for stop, *_place in stops(report, by, now)] == [
        Stop.FIGURE_MISSING, Stop.FIGURE_UNPROTECTED, Stop.REFERENCE_LOST,
    ]  # fmt: skip


def _with(entry: Any, **more: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__} | more


def test_a_choice_is_sound_and_stays(cast: Cast, report: Report, now: datetime) -> None:
    by = cast.secretary
    choose(by, report, "captives-2019", now)
    with acting_as(by):
        choice: dict[str, Any] = {"by": by, "reference": report.reference, "at": now}
        with pytest.raises(Invalid, match="reason"):
            services.choose(**choice, code="captives-2019", version=1, reason=" ")
        with pytest.raises(Invalid, match="figure"):
            services.choose(**choice, code="captives-2019", version=2, reason="x")
    with acting_as(cast.correspondent), pytest.raises(NotAllowed):
        services.choose(
            by=cast.correspondent,
            reference=report.reference,
            code="captives-2019",
            version=1,
            reason="x",
            at=now,
        )
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Choice.objects.update(reason="other")


@pytest.fixture
def edition(cast: Cast, now: datetime) -> Edition:
    """The chronicle of 2018 and 2019, frozen in English, with the choice of a figure."""
    by = cast.secretary
    report = opened(by, now, ends_on=timezone.localdate(now).replace(year=2019, month=12, day=31))
    with acting_as(cast.correspondent):
        (owed,) = queries.mine(report, cast.correspondent)
    table = (
        "<table><caption>Lamps by quay</caption><thead><tr><th>Quay</th><th>Lamps</th></tr></thead>"
        "<tbody><tr><th>North</th><td>3</td></tr></tbody></table>"
    )
    reference = f'<p>See <span data-ref="{queries.key_of(section(report, "1"))}">there</span>.</p>'
    signed(cast, owed, now, figure("captives-2019") + "<h2>Lamps</h2>" + table + reference)
    choose(by, report, "captives-2019-b", now)
    with acting_as(by):
        made = services.freeze(by=by, reference=report.reference, languages=["en", "fr"], at=now)
    assert services.build(edition_id=made.id, at=now) == 8
    assert services.build(edition_id=made.id, at=now) == 0, "what is there stays"
    return queries.edition(report.reference, 1)


def test_a_frozen_edition_rebuilt_equals_itself(edition: Edition) -> None:
    assert (edition.progress, edition.fault) == ("ready", "")
    for file in edition.files.all():
        content = queries.edition_file(edition, file.language, file.format)
        assert sha256(content).hexdigest() == file.digest
        assert services.rebuild(edition, file.language, file.format) == content, (file.language, file.format)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Edition.objects.update(source={})
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        File.objects.update(digest="x")


def test_it_says_where_every_figure_and_paragraph_comes_from(
    cast: Cast, edition: Edition, now: datetime
) -> None:
    figures = {each["reference"]: each for each in edition.provenance if each["kind"] == "figure"}
    assert figures["captives-2019"]["code"] == "captives-2019-b"
    assert (figures["captives-2019"]["value"], figures["captives-2019"]["reason"]) == (9, "Counted by night")
    texts = [each for each in edition.provenance if each["kind"] == "paragraph" and each["section"] == "2"]
    assert [each["paragraph"] for each in texts] == [1, 2, 3, 4]
    assert {each["unit"] for each in texts} == {cast.correspondent.unit_code}
    assert {each["signed_on"] for each in texts} == {timezone.localdate(now).isoformat()}
    said = json.dumps([edition.source, edition.provenance])
    for member in (cast.correspondent, cast.representative, cast.secretary):
        assert str(member.person_id) not in said, "a unit contributed and signed, not a person"


def test_the_files_hold_the_chosen_figure_tables_and_charts(edition: Edition) -> None:
    html = queries.edition_file(edition, "en", "html").decode()
    assert "In that year: 9 captives" in html
    assert "Also published: 7" in html, "the choice is shown"
    assert "Counted by night" in html
    for words in (
        "List of tables",
        "List of charts",
        "Lamps by quay",
        "<svg",
        "1 The land",
        "2.1 The numbers",
    ):
        assert words in html, words
    assert "Le pays est petit" in queries.edition_file(edition, "fr", "html").decode()
    with pikepdf.open(io.BytesIO(queries.edition_file(edition, "en", "pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
    for format, inside in (("docx", "word/document.xml"), ("odt", "content.xml")):
        with zipfile.ZipFile(io.BytesIO(queries.edition_file(edition, "en", format))) as archive:
            assert "Lamps by quay" in archive.read(inside).decode()


def test_nothing_of_a_frozen_report_changes(cast: Cast, edition: Edition, now: datetime) -> None:
    report, by = edition.report, cast.secretary
    with acting_as(cast.correspondent):
        (row,) = queries.mine(report, cast.correspondent)
    acts: list[tuple[Member, Any, dict[str, Any]]] = [
        (by, services.add_section, {"reference": report.reference, "title": "More"}),
        (by, services.drop_section, {"section_id": section(report, "1").id}),
        (by, services.send_back, {"contribution_id": row.id, "words": "x"}),
        (by, services.freeze, {"reference": report.reference, "languages": ["en"]}),
        (
            cast.correspondent,
            services.write,
            {"contribution_id": row.id, "html": "<p>x</p>", "number": row.number},
        ),
    ]
    for member, act, more in acts:
        with acting_as(member), pytest.raises(Refusal) as refused:
            act(by=member, at=now, **more)
        assert refused.value.code == "frozen", act


def test_an_edition_is_read_here_and_by_everybody_when_published(
    cast: Cast, edition: Edition, client: Any, now: datetime
) -> None:
    reference = edition.report.reference
    public, page = f"/reports/public/{reference}/1/", f"/reports/{reference}/editions/1/"
    assert client.get(public).status_code == client.get(f"{public}en.pdf").status_code == 404
    reader = _browser(cast.outsider)
    assert "captives-2019-b" in reader.get(page).content.decode()
    assert reader.get(f"{page}en.docx").status_code == 200
    assert reader.get(f"{page}nl.docx").status_code == 404
    with acting_as(cast.representative), pytest.raises(NotAllowed):
        services.publish(by=cast.representative, reference=reference, number=1, at=now)
    assert _browser(cast.secretary).post(f"{page}publish/").status_code == 302
    assert reference in client.get("/reports/public/").content.decode()
    assert client.get(public).status_code == 200
    answer = client.get(f"{public}en.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="{reference}-1-en.pdf"'


def _browser(member: Member) -> Any:
    return client(member)


def test_a_proof_marks_what_is_missing_and_is_kept_nowhere(
    cast: Cast, report: Report, owed: Contribution, now: datetime
) -> None:
    written(cast, owed, now, figure("none-1"))
    by = cast.secretary
    with acting_as(by):
        found = services.proof(by=by, reference=report.reference, language="en", format="html", at=now)
    assert "no figure: none-1" in found.content.decode()
    assert not File.objects.exists()
    browser = _browser(by)
    posted = browser.post(f"/reports/{report.reference}/proof/", {"language": "fr", "format": "pdf"})
    assert posted.content.startswith(b"%PDF")
    other = _browser(cast.chair if cast.chair.unit_id != by.unit_id else cast.coordinator)
    denied = other.post(f"/reports/{report.reference}/proof/", {"language": "fr", "format": "pdf"})
    assert denied.status_code in (403, 200)


def test_a_proof_asked_twice_under_one_key_is_the_same_file(cast: Cast, report: Report) -> None:
    sent = {"language": "de", "format": "odt"}
    first, second = (
        api(cast.secretary).post(
            f"/api/reports/{report.reference}/proof",
            sent,
            content_type="application/json",
            headers={"Idempotency-Key": "k1"},
        )
        for _ in range(2)
    )
    assert first.content.startswith(b"PK")
    assert (second["Idempotency-Replayed"], second.content) == ("true", first.content)
    assert second["Content-Disposition"] == first["Content-Disposition"]


def test_a_program_goes_the_whole_way(cast: Cast, report: Report, owed: Contribution) -> None:
    writer, editor, signer = api(cast.correspondent), api(cast.secretary), api(cast.representative)
    url = f"/api/reports/contributions/{owed.id}"

    def post(program: Any, act: str, body: dict[str, Any], **headers: str) -> Any:
        return program.post(f"{url}/{act}", body, content_type="application/json", headers=headers)

    assert post(writer, "write", {"html": "<p>Hello</p>"}).status_code == 428
    tag = writer.get(url)["ETag"]
    assert (
        post(writer, "write", {"html": "<p>Hello<script>1</script></p>"}, **{"If-Match": tag}).status_code
        == 200
    )
    assert post(writer, "send", {}).json()["state"] == "sent"
    assert post(editor, "accept", {}).json()["state"] == "accepted"
    tag = signer.get(url)["ETag"]
    assert post(editor, "sign", {}, **{"If-Match": tag}).status_code == 403
    assert post(signer, "sign", {}, **{"If-Match": tag}).json()["html"] == "<p>Hello</p>"
    assert editor.get(f"/api/reports/{report.reference}/obstacles").json() == []
    made = editor.post(
        f"/api/reports/{report.reference}/freeze", {"languages": ["en"]}, content_type="application/json"
    )
    assert (made.status_code, made.json()["progress"]) == (201, "building"), made.content
