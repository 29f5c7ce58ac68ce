"""Tables brought in: the real one, one of UHRI, and files with every kind of error."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from tests.cast import Cast, client

from fanal.access.services import acting_as
from fanal.country import queries as country
from fanal.errors import Invalid, NotAllowed, NotFound
from fanal.recommendations import services
from fanal.recommendations.models import Batch, Recommendation

SHARED = Path(__file__).parents[3] / "shared" / "data" / "belgium" / "recommendations.csv"
UHRI = ("Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
        "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id",
        "UPR Session", "Regions Concerned", "Recommending Regions", "Date of publication on UHRI")  # fmt: skip


def uhri(*rows: dict[str, object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(UHRI)
    for row in rows:
        sheet.append([row.get(name) for name in UHRI])
    book.save(out)
    return out.getvalue()


def entry(n: int, **more: object) -> dict[str, object]:
    return {
        "Text": f"Rural women {n}.The Committee recommends {n} things", "Type": "- Recommendations",
        "Countries Concerned": "- Testland\n- Elsewhere", "Reccomending Body": "- CEDAW",
        "Document Symbol": "CEDAW/C/TES/CO/8", "Document Publication Date": date(2022, 11, 1),
        "OHCHR Annotation Id": f"id-{n}", "Themes": "- Trafficking\n- Women",
    } | more  # fmt: skip


def test_an_export_of_uhri_goes_in_as_it_is_and_the_second_time_nothing_is_new(
    cast: Cast, now: datetime
) -> None:
    content = uhri(
        entry(1), entry(2), entry(3, **{"Countries Concerned": "- Elsewhere"}), entry(4, Type="- Song")
    )
    before = Recommendation.objects.count()
    with acting_as(cast.secretary):
        batch = services.read(by=cast.secretary, content=content, at=now)
        found = services.planned(batch, now)
        assert Recommendation.objects.count() == before
        assert [(each.row, each.field, each.code) for each in found.problems] == [
            (4, "country", "other_country"), (5, "force", "unknown"),
        ]  # fmt: skip
        assert services.bring_in(by=cast.secretary, batch_id=batch.id, at=now) == 2
        row = Recommendation.objects.get(external_id="id-2")
        assert (row.body, row.document, row.paragraph, row.force) == (
            "cedaw",
            "CEDAW/C/TES/CO/8",
            "2",
            "recommends",
        )
        assert (row.issued_on, row.precision) == (date(2022, 11, 1), "day")
        with pytest.raises(NotFound):
            services.bring_in(by=cast.secretary, batch_id=batch.id, at=now)
        again = services.read(by=cast.secretary, content=content, at=now)
        assert len(services.planned(again, now).known) == 2
        with pytest.raises(Invalid, match="nothing_new"):
            services.bring_in(by=cast.secretary, batch_id=again.id, at=now)


@pytest.mark.skipif(not SHARED.exists(), reason="the published table lies beside the project")
def test_the_published_table_needs_no_mapping(
    cast: Cast, now: datetime, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(csv.DictReader(SHARED.read_text(encoding="utf-8").splitlines()))
    belgium = country._pack("belgium")
    monkeypatch.setattr(country, "pack", lambda: belgium)
    monkeypatch.setattr(country, "law", belgium.law)
    with acting_as(cast.secretary):
        batch = services.read(by=cast.secretary, content=SHARED.read_bytes(), at=now)
        found = services.planned(batch, now)
    assert found.problems == ()
    assert len(found.entries) + len(found.known) == len(rows) == 29


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 not a table", b"PK\x03\x04 broken", b"MZ\x90\x00 a program", b"a;b\x00c\n1;2\n"],
    ids=["empty", "pdf", "zip", "program", "zero"],
)
def test_what_is_no_table_is_refused_beside_the_file(cast: Cast, now: datetime, content: bytes) -> None:
    with acting_as(cast.secretary), pytest.raises(Invalid) as refused:
        services.read(by=cast.secretary, content=content, at=now)
    assert refused.value.field == "file"


def test_a_strange_table_is_mapped_by_hand_and_looked_at_before(cast: Cast) -> None:
    browser = client(cast.secretary)
    table = b"Satz;Wann;Nr\n'Mehr Daten;25.09.2013;a\nUnklar;irgendwann;b\n"
    sent = browser.post(reverse("recommendations:import"), {"file": SimpleUploadedFile("t.csv", table)})
    assert sent.status_code == 302, sent.content.decode()
    page = browser.get(sent["Location"]).content.decode()
    assert "Text is missing" in page
    values = {"column_words": "Satz", "column_issued": "Wann", "column_external_id": "Nr", "fixed_body": "owls",
              "fixed_document": "OWL/7", "fixed_language": "de"}  # fmt: skip
    assert browser.post(sent["Location"], values).status_code == 302
    page = browser.get(sent["Location"]).content.decode()
    assert "Date cannot be read: irgendwann" in page
    batch = Batch.objects.get()
    assert client(cast.chair).get(sent["Location"]).status_code == 404
    assert browser.post(reverse("recommendations:bring_in", args=[batch.id])).status_code == 302
    assert Recommendation.objects.get(document="OWL/7").words == {"de": "'Mehr Daten"}
    assert not Batch.objects.exists()


def test_only_who_keeps_the_register_brings_in(cast: Cast, now: datetime) -> None:
    with acting_as(cast.correspondent), pytest.raises(NotAllowed):
        services.read(by=cast.correspondent, content=b"a\n1\n", at=now)
    assert client(cast.officer).get(reverse("recommendations:import")).status_code == 403
