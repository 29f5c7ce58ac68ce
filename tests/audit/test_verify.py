"""What an export proves to somebody who has the file, the key and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from proofs.tampering.copies import Copy
from tests.audit.log import BOTH, NOW, as_administrator, checked, handed_out, sealed, statements, written

from fanal.audit.rules.statements import Signed, is_signed, private_key, public_text, sign
from fanal.audit.services import sealing
from fanal.audit.services.exporting import export, witness
from fanal.audit.services.sealing import public_half, seal, signing_key
from fanal.audit.verify import Unreadable, verify
from fanal.audit.verify import statements as verifying
from fanal.database.cluster import SUPERUSER
from fanal.errors import Invalid, Refusal

pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)
Address = Callable[[str], str]
LINE = "(SELECT entry_id FROM audit_sealed WHERE position = 4)"


@pytest.mark.parametrize(
    ("tampering", "kind", "position"),
    [
        (["UPDATE audit_entry SET purpose = 'other' WHERE id = {line}"], "altered", 4),
        (["UPDATE audit_entry SET at = at - interval '1 day' WHERE id = {line}"], "altered", 4),
        (["UPDATE audit_entry SET facts = facts - 'a' WHERE id = {line}"], "altered", 4),
        (["UPDATE audit_entry SET object_ids = ARRAY[id] WHERE id = {line}"], "altered", 4),
        (
            ["UPDATE audit_entry SET person_id = gen_random_uuid(), leaf = sha256('x') WHERE id = {line}"],
            "altered",
            4,
        ),
        (["DELETE FROM audit_entry WHERE id = {line}"], "removed", 4),
        (
            [
                "DELETE FROM audit_entry WHERE id = {line}",
                "DELETE FROM audit_sealed WHERE position = 4",
                "UPDATE audit_sealed SET position = position - 1 WHERE position > 4",
            ],
            "removed",
            4,
        ),
        (["DELETE FROM audit_sealed WHERE position >= 5"], "removed", 5),
        (
            [
                "UPDATE audit_sealed SET position = position + 100 WHERE position >= 4",
                "UPDATE audit_sealed SET position = position - 99 WHERE position >= 100",
                "INSERT INTO audit_entry SELECT gen_random_uuid(), at, verb, act, person_id, membership_id, unit_id,"
                " owner_unit_id, compartment_id, object_ids, purpose, reference, facts FROM audit_entry LIMIT 1",
                "INSERT INTO audit_sealed SELECT 4, id FROM audit_entry e"
                " WHERE NOT EXISTS (SELECT FROM audit_sealed WHERE entry_id = e.id)",
            ],
            "inserted",
            4,
        ),
        (
            [
                "UPDATE audit_sealed SET position = 1000 WHERE position = 2",
                "UPDATE audit_sealed SET position = 2 WHERE position = 4",
                "UPDATE audit_sealed SET position = 4 WHERE position = 1000",
            ],
            "reordered",
            2,
        ),
    ],
)
def test_what_an_administrator_does_to_the_tables_shows_in_the_next_export(
    tampering: list[str], kind: str, position: int, database_url: Address, tmp_path: Path
) -> None:
    sealed(3, 3)
    line = statements_line(database_url)
    as_administrator(database_url(SUPERUSER), *(each.replace("{line}", line) for each in tampering))
    found = checked(handed_out(tmp_path))
    assert found.findings
    assert (found.findings[0].kind, found.first_bad) == (kind, position)


def statements_line(url: Address) -> str:
    """The id of the line at position 4, in quotes."""
    import psycopg

    with psycopg.connect(url("fanal_owner")) as owner:
        (found,) = owner.execute(LINE.strip("()")).fetchone()  # type: ignore[misc, arg-type]
    return f"'{found}'"


def test_an_administrator_who_recomputes_everything_cannot_sign(
    database_url: Address, tmp_path: Path, settings
) -> None:
    """The whole log made anew by the sealer itself, under another key: whole in itself, and not by this house."""
    sealed(3, 3)
    kept, key = tmp_path / "witness", public_half()
    witness(path=kept)
    as_administrator(
        database_url(SUPERUSER),
        "TRUNCATE audit_seal, audit_sealed",
        f"UPDATE audit_entry SET purpose = 'other' WHERE id = {statements_line(database_url)}",  # noqa: S608
    )
    as_administrator(database_url(SUPERUSER), "UPDATE audit_entry SET leaf = sha256('\\x00'::bytea ||"
                     " convert_to(audit_canonical(audit_entry), 'UTF8'))")  # fmt: skip
    settings.FANAL_AUDIT_KEY = "cd" * 32
    assert seal(at=NOW) == 6
    forged = handed_out(tmp_path)
    assert checked(forged).findings == ()
    alone = verify(forged, key=key)
    assert [found.kind for found in alone.findings] == ["other_key"]
    assert "another" in alone.findings[0].words
    beside = verify(forged, key=key, kept=kept)
    assert "forked" in {found.kind for found in beside.findings}
    assert beside.first_bad == 4


def test_an_export_of_a_part_is_checked_from_the_statement_before(tmp_path: Path) -> None:
    sealed(3, at=NOW)
    sealed(4, at=NOW + timedelta(days=1))
    sealed(2, at=NOW + timedelta(days=2))
    day = timedelta(days=1)
    part = checked(handed_out(tmp_path, "part.jsonl", begins=NOW + day, ends=NOW + day))
    assert (part.findings, part.first, part.last, part.statements) == ((), 3, 6, 1)
    assert len(part.notes) == 2
    rest = handed_out(tmp_path, "rest.jsonl", begins=NOW + day)
    assert (checked(rest).findings, checked(rest).rows) == ((), 6)
    kept = tmp_path / "witness"
    witness(path=kept)
    assert checked(rest, kept).findings == ()
    lines = rest.read_bytes().split(b"\n")
    head = json.loads(lines[0])
    head["peaks"] = ["00" * 32] * len(head["peaks"])
    rest.write_bytes(b"\n".join([json.dumps(head).encode(), *lines[1:]]))
    assert "chain" in {found.kind for found in checked(rest).findings}
    head["before"] = None
    rest.write_bytes(b"\n".join([json.dumps(head).encode(), *lines[1:]]))
    assert "chain" in {found.kind for found in checked(rest).findings}


def test_a_witness_grows_and_refuses_a_log_that_was_written_anew(
    tmp_path: Path, database_url: Address
) -> None:
    sealed(3)
    kept = tmp_path / "witness"
    assert witness(path=kept) == (1, 1)
    assert witness(path=kept) == (0, 1)
    old = handed_out(tmp_path, "old.jsonl")
    sealed(2, 2)
    assert witness(path=kept) == (2, 3)
    found = checked(handed_out(tmp_path), kept)
    assert (found.findings, found.witnessed) == ((), 3)
    (late,) = (each for each in checked(old, kept).findings if not each.of_a_line)
    assert (late.kind, late.position) == ("forked", 3)
    assert "made before" in late.words
    before = kept.read_bytes()
    as_administrator(database_url(SUPERUSER), "TRUNCATE audit_seal, audit_sealed")
    with pytest.raises(Refusal, match="forked"):
        witness(path=kept)
    seal(at=NOW + timedelta(days=9), most=5)
    with pytest.raises(Refusal, match="forked"):
        witness(path=kept)
    assert kept.read_bytes() == before


def test_an_older_witness_checks_what_it_knows(tmp_path: Path) -> None:
    sealed(3)
    kept = tmp_path / "witness"
    witness(path=kept)
    sealed(2)
    found = checked(handed_out(tmp_path), kept)
    assert (found.findings, found.witnessed, found.statements) == ((), 1, 2)


def test_a_witness_of_another_institution_is_refused(tmp_path: Path, settings, database_url: Address) -> None:
    sealed(3)
    path, key, kept = handed_out(tmp_path), public_half(), tmp_path / "witness"
    as_administrator(database_url(SUPERUSER), "TRUNCATE audit_seal, audit_sealed")
    settings.FANAL_AUDIT_KEY = "ef" * 32
    seal(at=NOW)
    witness(path=kept)
    with pytest.raises(Unreadable, match="another institution"):
        verify(path, key=key, kept=kept)
    with pytest.raises(Unreadable, match="Line 1 of the witness file"):
        verify(path, key=key, kept=path)
    kept.write_text("# nothing yet\n")
    with pytest.raises(Unreadable, match="no statement"):
        verify(path, key=key, kept=kept)


def test_a_file_that_is_cut_off_at_any_byte_is_refused_or_named(tmp_path: Path) -> None:
    sealed(2, 2)
    path = handed_out(tmp_path)
    whole = path.read_bytes()
    cut = tmp_path / "cut.jsonl"
    for length in range(0, len(whole) - 2, 97):
        cut.write_bytes(whole[:length])
        with pytest.raises(Unreadable, match=r"empty|cut off|not an export|cannot be read"):
            checked(cut)


def test_a_byte_that_flipped_anywhere_is_found(tmp_path: Path) -> None:
    sealed(2, 2)
    path = handed_out(tmp_path)
    whole = path.read_bytes()
    begins = (
        whole.index(b"\n") + 1
    )  # the first line only announces: what it says is held against the statements
    ends = whole.rindex(b'{"end"')
    flipped = tmp_path / "flipped.jsonl"
    first, *_ = whole[begins:].split(b"\n")
    # The second statement signs the first by its hash: the first one's own signature proves nothing more.
    covered = range(whole.index(b'"signature"'), begins + len(first))
    for place in (each for each in range(begins, ends, 31) if each not in covered):
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with suppress(Unreadable):
            assert checked(flipped).findings, place


def test_the_root_convicts_alone(tmp_path: Path) -> None:
    """A statement whose marks fit its lines and whose root does not: signed by the true key, and still refused."""
    sealed(3)
    copy = Copy.read(handed_out(tmp_path))
    said = copy.seals[0].statement
    copy.seals[0] = sign(replace(said, root="00" * 32), signing_key())
    (found,) = checked(copy.write(tmp_path / "wrong.jsonl")).findings
    assert (found.kind, found.position) == ("altered", 0)
    assert "root" in found.words


def test_a_year_of_statements_is_checked_by_its_last_signature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(1, 1, 1, 1, 1)
    path, asked = handed_out(tmp_path), []
    monkeypatch.setattr(
        verifying, "is_signed", lambda each, key: asked.append(each.statement.number) or is_signed(each, key)
    )
    assert checked(path).findings == ()
    assert asked == [5]
    copy = Copy.read(path)
    copy.seals[1] = Signed(copy.seals[1].statement, copy.seals[1].text, b"x" * 64)
    assert checked(copy.write(tmp_path / "unsigned.jsonl")).findings == (), (
        "its text is what the last one signs"
    )
    altered = replace(copy.seals[1].statement, number=2, marks=b"abcd")
    copy.seals[1] = Signed(altered, altered.text(), copy.seals[1].signature)
    assert {found.kind for found in checked(copy.write(tmp_path / "altered.jsonl")).findings} == {
        "signature",
        "chain",
    }


def test_nothing_is_exported_over_a_file_or_out_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="nothing_sealed"):
        handed_out(tmp_path)
    assert list(tmp_path.iterdir()) == []
    sealed(1)
    path = handed_out(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(Invalid, match="file_exists"):
        export(to=path, at=NOW)
    assert path.read_bytes() == before


def test_a_disk_that_is_full_leaves_no_half_an_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(1)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        handed_out(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_runtime_role_hands_out_nothing(tmp_path: Path) -> None:
    sealed(1)
    with pytest.raises(Exception, match="permission denied"):
        export(to=tmp_path / "x", at=NOW, using="default")
    assert list(tmp_path.iterdir()) == []


# The command, where there is no Fanal to speak of

ALONE = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fanal", "audit", "verify", *arguments],
        cwd=cwd, env=ALONE, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_command_needs_neither_database_nor_settings(tmp_path: Path) -> None:
    sealed(2, 1)
    path, kept = handed_out(tmp_path), tmp_path / "witness"
    witness(path=kept)
    key = public_text(public_half())
    (tmp_path / "key").write_text(key + "\n")
    fine = command(str(path), "--key", "key", "--witness", str(kept), cwd=tmp_path)
    assert (fine.returncode, fine.stderr) == (0, "")
    assert "3 lines (0 to 2), 2 statements" in fine.stdout
    assert "Every line is as it was sealed." in fine.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["key", "trace.jsonl", "witness"], (
        "nothing is made"
    )
    other = public_text(private_key("12" * 32).public_key())
    foreign = command(str(path), "--key", other, cwd=tmp_path)
    assert (foreign.returncode, "another institution" in foreign.stderr) == (4, True)
    altered = path.read_text().replace("follow_up", "other_use", 1)
    path.write_text(altered)
    bad = command(str(path), "--key", key, cwd=tmp_path)
    assert bad.returncode == 4
    assert "altered: Line" in bad.stderr
    assert "position 0" in bad.stderr
    path.write_text("")
    empty = command(str(path), "--key", key, cwd=tmp_path)
    assert (empty.returncode, "is empty" in empty.stderr) == (4, True)
    assert command(str(path), "--key", "nonsense", cwd=tmp_path).returncode == 4
    assert command("absent.jsonl", "--key", key, cwd=tmp_path).returncode == 2


def test_nothing_of_the_check_imports_django(tmp_path: Path) -> None:
    code = (
        "import sys; from fanal.config import cli; import fanal.audit.verify, fanal.config.commands.audit;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'fanal') and 'settings' in m"
        " or m.split('.')[0] == 'django'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=ALONE, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_written_lines_are_of_many_kinds_and_all_of_them_pass(tmp_path: Path) -> None:
    written(5)
    assert seal(at=NOW) == 5
    assert sealing.seal(at=NOW) == 0
    assert len(statements()) == 1
    assert checked(handed_out(tmp_path)).findings == ()
