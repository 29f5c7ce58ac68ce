"""Files of the United Kingdom's mechanism: which lines count persons, which repeat them, which are wrong."""

import gzip
from pathlib import Path

import pytest
from babel import Locale

from fanal.config.imports.nrm.nationalities import COUNTRY_OF, countries
from fanal.config.imports.nrm.rows import HEADER, BadFile, Group, read
from fanal.config.imports.nrm.totals import compare

KIND = "Government agency"
FOLDER = Path(__file__).parents[3] / "shared" / "data" / "statistics"


def sheet(folder: Path, *lines: str, header: str = ",".join(HEADER)) -> Path:
    path = folder / "nrm.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Afghan", ("AF",)),
        ("Eritrean Ethiopian", ("ER", "ET")),
        ("South Sudanese Sudanese", ("SS", "SD")),
        ("Sudanese South Sudanese", ("SD", "SS")),
        ("Central African Malian", ("CF", "ML")),
        ("Citizen of the Dominican Republic Spanish", ("DO", "ES")),
        ("British Virgin Islander Citizen of the Dominican Republic", ("VG", "DO")),
        ("Russian UKrainian", ("RU", "UA")),
        ("Congolese (Drc)", ("CD",)),
        ("Unknown", ()),
        ("Unknown UK", ("GB",)),
        ("Atlantean", None),
        ("Afghan Atlantean", None),
    ],
)
def test_a_nationality_is_read_as_its_countries(words: str, expected: tuple[str, ...] | None) -> None:
    assert countries(words) == expected


def test_every_nationality_stands_for_a_country_that_has_a_name() -> None:
    assert set(COUNTRY_OF.values()) <= set(Locale("en").territories)


def test_lines_with_a_total_in_any_column_repeat_persons(tmp_path: Path) -> None:
    rest = ["Labour", "Adult (18 or over)", "Male", "Afghan"]
    totals = [",".join([KIND, "Agency", *rest[:n], "Total", *rest[n + 1 :], "5"]) for n in range(4)]
    found = read(
        sheet(
            tmp_path, f"{KIND},Agency,{','.join(rest)},5", *totals, f"{KIND},{KIND} total,{','.join(rest)},5"
        )
    )
    assert [line.number for line in found.leaves] == [2]
    assert len(found.totals) == 5
    assert found.totals[-1].group.responder is None


def test_a_responder_whose_name_ends_like_another_kinds_total_is_a_responder(tmp_path: Path) -> None:
    found = read(sheet(tmp_path, f"{KIND},Local Authority total,Labour,Adult (18 or over),Male,Afghan,5"))
    assert found.leaves[0].group.responder == "Local Authority total"


def test_several_types_are_a_set_and_an_unknown_type_is_the_empty_one(tmp_path: Path) -> None:
    found = read(
        sheet(
            tmp_path,
            f'{KIND},Agency,"Sexual, Labour & Criminal",Child (17 or under),Female,Thai,1',
            f"{KIND},Agency,Not specified or unknown,Not specified or unknown,Other,Unknown,2",
        )
    )
    assert [line.group.types for line in found.leaves] == [{"Sexual", "Labour", "Criminal"}, set()]


def test_empty_groups_count_nobody(tmp_path: Path) -> None:
    found = read(sheet(tmp_path, f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,0"))
    assert found.leaves == ()
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan", ""),
        (f"{KIND},,Labour,Adult (18 or over),Male,Afghan,1", "First responder"),
        (f"{KIND},Agency,Piracy,Adult (18 or over),Male,Afghan,1", "Exploitation type"),
        (f"{KIND},Agency,Labour,Adult,Male,Afghan,1", "Age at exploitation"),
        (f"{KIND},Agency,Labour,Adult (18 or over),m,Afghan,1", "Gender"),
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,Atlantean,1", "Nationality"),
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,,1", "Nationality"),
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,*", "People"),
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,-1", "People"),
        (f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,٣", "People"),
    ],
)
def test_a_bad_line_is_named_with_its_column_and_the_rest_is_read(
    tmp_path: Path, line: str, column: str
) -> None:
    good = f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,1"
    found = read(sheet(tmp_path, good, line, good.replace("Afghan", "Thai")))
    assert [(bad.number, bad.column) for bad in found.bad] == [(3, column)]
    assert [leaf.number for leaf in found.leaves] == [2, 4]


def test_a_group_that_stands_twice_is_a_bad_line(tmp_path: Path) -> None:
    line = f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,1"
    found = read(sheet(tmp_path, line, line))
    assert len(found.leaves) == 1
    assert "line 2" in found.bad[0].problem


def test_another_file_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="first line"):
        read(sheet(tmp_path, header="a,b,c"))
    (tmp_path / "empty.csv").touch()
    with pytest.raises(BadFile, match="empty"):
        read(tmp_path / "empty.csv")
    with pytest.raises(BadFile, match=r"absent\.csv"):
        read(tmp_path / "absent.csv")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"x" * 1000)[:20])
    with pytest.raises(BadFile, match="cannot be read"):
        read(tmp_path / "cut.csv.gz")


def test_packed_or_not_under_any_name_the_digest_is_that_of_the_content(tmp_path: Path) -> None:
    plain = sheet(tmp_path, f"{KIND},Agency,Labour,Adult (18 or over),Male,Afghan,1")
    packed = tmp_path / "other.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read(plain).digest == read(packed).digest


def test_totals_are_compared_with_the_persons_found(tmp_path: Path) -> None:
    lines = (
        f"{KIND},Agency,Total,Total,Total,Total,3",
        f"{KIND},Agency,Labour,Total,Total,Total,4",
        f"{KIND},{KIND} total,Total,Total,Total,Total,3",
        f"{KIND},Agency,Total,Total,Total,Eritrean,1",
        f"{KIND},Agency,Total,Total,Total,Eritrean Ethiopian,2",
    )
    who = Group("Agency", frozenset({"Labour"}), "Adult (18 or over)", "Male", "ER")
    checked = compare(read(sheet(tmp_path, *lines)).totals, {who: 3})
    assert [(c.lines, c.said, c.found, c.equal) for c in checked] == [
        ((2,), 3, 3, True),
        ((3,), 4, 3, False),
        ((4,), 3, 3, True),
        ((5, 6), 3, 3, True),
    ]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of the mechanism are not on this machine")
@pytest.mark.parametrize(("name", "people"), [("government", 2374), ("local-authority", 1080), ("ngo", 249)])
def test_the_real_files_add_up(name: str, people: int) -> None:
    """Their leaves give every total that they state themselves."""
    found = read(FOLDER / f"uk_nrm_{name}_2023_q1.csv.gz")
    assert found.bad == ()
    assert sum(leaf.people for leaf in found.leaves) == people
    persons: dict[Group, int] = {}
    for leaf in found.leaves:
        country = next(iter(countries(leaf.group.nationality or "") or ()), "")
        group = Group(leaf.group.responder, leaf.group.types, leaf.group.age, leaf.group.gender, country)
        persons[group] = persons.get(group, 0) + leaf.people
    assert [c for c in compare(found.totals, persons) if not c.equal] == []
