"""The measure of names across scripts counts what is found, and what cannot be found."""

import gzip
from pathlib import Path

import pytest

from fanal.analysis.matching.bench.cross_script import measured, recall

LATIN = ["Ivanov", "Petrov", "Aleksandr", "Khrushchov", "Yusuf"]
NATIVE = ["Иванов", "Петров", "Александр", "Хрущов", "Юсуф"]


def test_names_find_their_forms() -> None:
    found = measured("russian", LATIN, NATIVE, 1)
    assert (found.asked, found.found, found.share) == (5, 5, 1.0)


def test_another_name_and_a_form_without_letters_are_asked_and_not_found() -> None:
    found = measured("russian", LATIN, [*NATIVE[:3], "Кузнецова", "12"], 50)
    assert (found.asked, found.met, found.found) == (5, 3, 3)


def test_only_the_best_count() -> None:
    latin = ["Marija", "Mariya", "Maria", "Mari"]
    found = [measured("russian", latin, ["Мария"] * 4, most) for most in (1, 2, 4)]
    assert [each.met for each in found] == [4, 4, 4]
    assert [each.found for each in found] == [1, 2, 4]


def test_the_check_file_of_a_language_is_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "wd_russian_16.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{one}\t{' '.join(other)}\t1\n" for one, other in zip(LATIN, NATIVE, strict=True))
    assert recall("russian", tmp_path).found == 5
    with pytest.raises(FileNotFoundError):
        recall("arabic", tmp_path)
