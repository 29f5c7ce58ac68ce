"""The pure parts: the tree, the statements, the facts of a line, and when reading is unusual."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fanal.audit.rules import statements, watch
from fanal.audit.rules.facts import demand_codes
from fanal.audit.rules.tree import LEAF, NODE, Tree, unpacked

# RFC 6962's own test vectors (certificate-transparency, merkletree tests): leaves and roots of sizes 1 to 8.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_tree_is_that_of_rfc_6962() -> None:
    tree = Tree()
    assert tree.root() == sha256(b"").digest()
    for size, (leaf, root) in enumerate(zip(LEAVES, ROOTS, strict=True), 1):
        tree.extend([sha256(LEAF + bytes.fromhex(leaf)).digest()])
        assert (tree.size, tree.root().hex()) == (size, root)


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(NODE + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def test_a_tree_taken_up_again_is_the_same_tree() -> None:
    leaves = [sha256(bytes([nth])).digest() for nth in range(100)]
    for stop in range(1, 100):
        begun = Tree()
        begun.extend(leaves[:stop])
        again = Tree(begun.size, unpacked(begun.packed()))
        again.extend(leaves[stop:])
        assert begun.root() == by_definition(leaves[:stop])
        assert again.root() == by_definition(leaves)


@pytest.mark.parametrize(
    ("size", "peaks"), [(1, []), (-1, [b"x" * 32]), (2, [b"x" * 32] * 2), (1, [b"short"])]
)
def test_peaks_that_are_not_those_of_such_a_size_are_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Tree(size, peaks)


def a_statement() -> statements.Statement:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return statements.Statement(1, 0, 0, 1, "ab", statements.BEGINNING, at, None, "k", b"abcd")


def test_a_statement_is_signed_as_it_is_written_and_read_as_it_was_signed() -> None:
    key = Ed25519PrivateKey.generate()
    signed = statements.sign(a_statement(), key)
    again = statements.read_line(signed.line())
    assert again == signed
    assert statements.is_signed(again, key.public_key())
    assert not statements.is_signed(again, Ed25519PrivateKey.generate().public_key())
    text = statements.public_text(key.public_key())
    assert statements.public_key(f"{text}\n").public_bytes_raw() == key.public_key().public_bytes_raw()


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", "null", '{"seal":"{}","signature":""}', '{"seal":1,"signature":"x"}']
)
def test_what_is_no_statement_is_said_to_be_none(line: str) -> None:
    with pytest.raises(statements.Unreadable):
        statements.read_line(line)


def test_a_statement_written_otherwise_is_refused() -> None:
    signed = statements.sign(a_statement(), Ed25519PrivateKey.generate())
    with pytest.raises(statements.Unreadable, match="written"):
        statements.read_line(
            signed.line().replace("abc", "abc").replace('{\\"first\\":0,', '{\\"first\\": 0,')
        )


@pytest.mark.parametrize("text", ["", "fanal-audit-key:", "fanal-audit-key:AAAA", "é"])
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(statements.Unreadable, match="public key"):
        statements.public_key(text)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"rows": 3, "share": 0.5, "late": True, "ground": None, "empty": ""},
        {
            "code": "not_found",
            "to": "police-antwerp",
            "on": "2026-03-02",
            "act": "alerts.consult",
            "handling": "H0",
        },
        {
            "openings": [[3, "read", "contact", "law"]],
            "reference": "A-7F3K-9QX4",
            "id": uuid4(),
            "kinds": {"sex": "F"},
        },
        {"tried": "GET alerts:alert"},
    ],
)
def test_codes_and_numbers_are_facts(facts: dict[str, object]) -> None:
    demand_codes(facts)


@pytest.mark.parametrize(
    "value",
    [
        "Noor Haddad", "Dupont", "van den berg", "noor@example.org", "O’Brien", "Ève", "0471 12 34 56", "Rue Haute 3",
        ["fine", "Not Fine"], {"fine": "Not Fine"}, {"Not Fine": 1}, b"bytes", object(), "x" * 200, "line\nbreak",
    ],
)  # fmt: skip
def test_what_could_be_a_persons_words_is_refused_and_not_repeated(value: object) -> None:
    with pytest.raises(ValueError, match="'said'") as refused:
        demand_codes({"said": value})
    assert "Haddad" not in str(refused.value)


BOUNDS = watch.Bounds(minutes=60, files=15, times_usual=3, ceiling=60, refusals=20, usual_days=30)


@pytest.mark.parametrize(
    ("counts", "found"), [([], 0), ([7], 7), ([1] * 9 + [50], 1), ([1] * 8 + [50, 50], 50), ([5, 1, 3], 5)]
)
def test_what_is_usual_is_not_what_happened_once(counts: list[int], found: int) -> None:
    assert watch.usual(counts) == found


@pytest.mark.parametrize(
    ("files", "ordinarily", "told"),
    [
        (14, 0, False), (15, 0, True), (15, 4, True), (15, 5, False), (16, 5, True), (59, 20, False), (60, 20, True),
        (60, 1000, True),
    ],
)  # fmt: skip
def test_many_files_are_told_against_ones_own_usual_and_above_the_ceiling_always(
    files: int, ordinarily: int, told: bool
) -> None:
    assert watch.many_files(files, ordinarily, BOUNDS) is told


def test_many_refusals_are_told() -> None:
    assert [watch.many_refusals(count, BOUNDS) for count in (19, 20)] == [False, True]
