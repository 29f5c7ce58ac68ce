"""Catalogues are compiled when their source changed, and a guess of a tool is not a translation."""

import gettext
import os
from pathlib import Path

import pytest

from fanal.config.commands.catalogues import compile_stale

HEADER = """msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "app" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        HEADER
        + '\nmsgid "person"\nmsgstr "personne"\n\n#, fuzzy\nmsgid "shelter"\nmsgstr "devinette"\n'
        + '\nmsgid "one day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "un jour"\nmsgstr[1] "%(n)s jours"\n'
    )
    return path


def read(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_translations_and_plurals_are_read_back(source: Path, tmp_path: Path) -> None:
    assert compile_stale(tmp_path) == [source]
    assert read(source).gettext("person") == "personne"
    assert read(source).ngettext("one day", "%(n)s days", 0) == "un jour"
    assert read(source).gettext("shelter") == "shelter"  # fuzzy


def test_only_what_changed_is_compiled(source: Path, tmp_path: Path) -> None:
    compile_stale(tmp_path)
    assert compile_stale(tmp_path) == []
    source.write_text(source.read_text().replace("personne", "personnes"))
    later = source.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert compile_stale(tmp_path) == [source]
    assert read(source).gettext("person") == "personnes"
    assert sorted(path.suffix for path in source.parent.iterdir()) == [".mo", ".po"]


def test_a_broken_catalogue_is_named(source: Path, tmp_path: Path) -> None:
    source.write_text(HEADER + '\nmsgid "unfinished\n')
    with pytest.raises(ValueError, match=r"django\.po"):
        compile_stale(tmp_path)
    assert not source.with_suffix(".mo").exists()
