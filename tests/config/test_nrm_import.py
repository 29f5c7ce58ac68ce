"""Referrals of another country's mechanism through the intake: each person once, totals equal, errors named."""

import gzip
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.config.test_nrm_rows import FOLDER, sheet
from tests.walls import second_wall_open

from fanal.alerts.models import Alert, Person, Transmission
from fanal.alerts.rules import Report
from fanal.audit.models import Entry
from fanal.config.imports import nrm
from fanal.config.imports.nrm import load, rows
from fanal.config.imports.nrm.mapping import report_of
from fanal.config.loading import load_country
from fanal.errors import Invalid

AGENCY = "Government agency,Border Agency"
LEAVES = (
    f"{AGENCY},Labour,Adult (18 or over),Male,Afghan,3",
    f"{AGENCY},Domestic,Adult (18 or over),Female,Filipino,2",
    f"{AGENCY},Labour & Domestic,Child (17 or under),Female,Eritrean Ethiopian,1",
    f'{AGENCY},"Sexual, Labour & Criminal",Not specified or unknown,Other,Unknown,1',
    f"{AGENCY},Not specified or unknown,Adult (18 or over),Male,Eritrean,2",
)
TOTALS = (
    f"{AGENCY},Total,Total,Total,Total,9",
    f"{AGENCY},Labour,Total,Total,Total,3",
    f"{AGENCY},Domestic,Total,Total,Total,2",
    f"{AGENCY},Labour & Domestic,Total,Total,Total,1",
    f'{AGENCY},"Sexual, Labour & Criminal",Not specified or unknown,Other,Total,1',
    f"{AGENCY},Not specified or unknown,Adult (18 or over),Male,Total,2",
    f"{AGENCY},Not specified or unknown,Child (17 or under),Male,Total,0",
    f"{AGENCY},Total,Total,Total,Eritrean,2",
    f"{AGENCY},Total,Total,Total,Eritrean Ethiopian,1",
    "Government agency,Government agency total,Total,Total,Total,Total,9",
)


@pytest.fixture
def belgium(db: None, settings: Settings) -> None:
    settings.FANAL_COUNTRY = "belgium"
    load_country(on=timezone.localdate())


def run(*files: Path) -> nrm.Report:
    return nrm.run(files, tell=lambda *_: None)


def count() -> tuple[int, int]:
    with second_wall_open():
        return Alert.objects.count(), Person.objects.count()


def test_each_person_becomes_an_alert_and_the_totals_are_equal(belgium: None, tmp_path: Path) -> None:
    report = run(sheet(tmp_path, *LEAVES, *TOTALS))
    assert report.equal, "\n".join(report.lines)
    assert count() == (9, 9)
    assert [total.found for total in report.imported[0].totals] == [9, 3, 2, 1, 1, 2, 0, 3, 9]
    assert sum(line.endswith("equal") for line in report.lines) == 8


def test_what_comes_in_goes_through_the_intake(belgium: None, tmp_path: Path) -> None:
    run(sheet(tmp_path, LEAVES[2], *TOTALS))
    with second_wall_open():
        (person,) = Person.objects.select_related("alert", "alert__owner_unit")
        alert = person.alert
        assert (alert.forms, alert.sector, alert.child) == (["WORK"], "T", True)
        assert (person.minority, person.sex, person.citizenship) == ("minor", "F", "ER")
        assert alert.owner_unit.label("fr") == "Border Agency"
        told = set(Transmission.objects.filter(alert=alert).values_list("to_kind", flat=True))
        assert "guardianship" in told
        acts = set(Entry.objects.filter(compartment_id=alert.compartment_id).values_list("act", flat=True))
        assert acts == {"access.grant", "alerts.record"}
        assert alert.sealed is not None  # the second nationality, in words


def test_a_wrong_total_is_said(belgium: None, tmp_path: Path) -> None:
    report = run(sheet(tmp_path, LEAVES[0], f"{AGENCY},Labour,Total,Total,Total,4"))
    assert not report.equal
    (line,) = (line for line in report.lines if line.endswith("DIFFERENT"))
    assert line.split()[0] == "3"
    assert line.split()[-3:-1] == ["4", "3"]


def test_a_wrong_total_by_nationality_is_said(belgium: None, tmp_path: Path) -> None:
    report = run(sheet(tmp_path, LEAVES[0], f"{AGENCY},Total,Total,Total,Thai,1"))
    assert not report.equal
    assert any("DIFFERENT (nationality TH)" in line for line in report.lines)


def test_twice_and_under_another_name_is_once(belgium: None, tmp_path: Path) -> None:
    path = sheet(tmp_path, *LEAVES, *TOTALS)
    run(path)
    packed = tmp_path / "renamed.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    again = run(path, packed)
    assert [(file.new, file.known) for file in again.imported] == [(0, 9), (0, 9)]
    assert again.equal
    assert count() == (9, 9)


def test_an_interrupted_import_goes_on(
    belgium: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "BATCH", 4)

    def stop(persons: int) -> None:
        raise KeyboardInterrupt

    path = sheet(tmp_path, *LEAVES, *TOTALS)
    with pytest.raises(KeyboardInterrupt):
        load.load(rows.read(path), at=datetime.now(UTC), step=stop)
    assert count() == (4, 4)
    report = run(path)
    assert (report.imported[0].new, report.imported[0].known) == (5, 4)
    assert report.equal
    assert count() == (9, 9)


def test_a_bad_line_is_named_and_the_rest_comes_in(belgium: None, tmp_path: Path) -> None:
    report = run(sheet(tmp_path, LEAVES[0], f"{AGENCY},Piracy,Adult (18 or over),Male,Afghan,1", LEAVES[1]))
    assert count() == (5, 5)
    assert not report.equal
    assert any("nrm.csv, line 3, Exploitation type: 'Piracy' is none of" in line for line in report.lines)


def test_a_line_that_the_intake_refuses_is_named_and_the_rest_comes_in(
    belgium: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(group: rows.Group, **days: date) -> Report:
        report = report_of(group, **days)
        sex = "?" if group.gender == "Other" else report.persons[0].sex
        return replace(report, persons=(replace(report.persons[0], sex=sex),))

    monkeypatch.setattr(load, "report_of", odd)
    report = run(sheet(tmp_path, *LEAVES))
    assert count() == (8, 8)
    assert any("line 5, persons.0.sex: " in line for line in report.lines)
    assert not report.equal


def test_one_unreadable_file_does_not_keep_the_others_out(belgium: None, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n")
    report = run(tmp_path / "other.csv", sheet(tmp_path, LEAVES[0]))
    assert count() == (3, 3)
    assert not report.equal
    assert "other.csv" in report.lines[0]


def test_a_country_without_the_codes_is_told_so(db: None, tmp_path: Path) -> None:
    load_country(on=timezone.localdate())
    with pytest.raises(Invalid) as refused:
        run(sheet(tmp_path, LEAVES[0]))
    assert refused.value.code == "country_lacks_codes"
    assert "purpose: CRIME" in str(refused.value.message)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of the mechanism are not on this machine")
def test_a_real_file_comes_in_with_its_own_totals(belgium: None, tmp_path: Path) -> None:
    path = tmp_path / "uk_nrm_ngo_2023_q1.csv.gz"
    shutil.copy(FOLDER / path.name, path)
    report = run(path)
    assert report.equal, "\n".join(report.lines)
    assert report.imported[0].new == 249
    assert len(report.imported[0].totals) == 5896
