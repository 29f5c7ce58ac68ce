"""What the sealer signs: so many lines, this root, after that statement, at this time.

A statement is one line of JSON whose bytes are signed (Ed25519, RFC 8032); it is never written anew from its fields.
`marks` holds the first four bytes of each leaf of its batch: they prove nothing that the root does not prove, but
they say which line it is that no longer fits.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "fanal-seal/1"
MARK = 4
"""Bytes of a leaf that a statement repeats."""
BEGINNING = "0" * 64
"""The previous statement of the first one."""
KEY_PREFIX = "fanal-audit-key:"


class Unreadable(ValueError):
    """Not a statement, a key or an export of this format; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One signed batch: the lines `first` to `last` (positions, counted from 0), after which `size` lines are sealed.

    `since`: when the statement was made after which nothing was left to seal, so that older lines are not expected in
    this one; None while the first sealing lasts. `previous`: SHA-256 of the text of the statement before.
    """

    number: int
    first: int
    last: int
    size: int
    root: str
    previous: str
    time: datetime
    since: datetime | None
    key: str
    marks: bytes

    def text(self) -> str:
        """The line that is signed: JSON with sorted names and no spaces."""
        return json.dumps(
            {
                "format": FORMAT,
                "number": self.number,
                "first": self.first,
                "last": self.last,
                "size": self.size,
                "root": self.root,
                "previous": self.previous,
                "time": _written(self.time),
                "since": _written(self.since) if self.since else None,
                "key": self.key,
                "marks": base64.b64encode(self.marks).decode(),
            },
            sort_keys=True,
            separators=(",", ":"),
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with the text that was signed and its signature."""

    statement: Statement
    text: str
    signature: bytes

    @property
    def digest(self) -> str:
        """What the next statement names as its previous one."""
        return sha256(self.text.encode()).hexdigest()

    def line(self) -> str:
        """One line of a witness file or of an export."""
        signature = base64.b64encode(self.signature).decode()
        return json.dumps({"seal": self.text, "signature": signature}, separators=(",", ":"))


def sign(statement: Statement, key: Ed25519PrivateKey) -> Signed:
    """The statement with the signature over its text."""
    text = statement.text()
    return Signed(statement, text, key.sign(text.encode()))


def is_signed(signed: Signed, key: Ed25519PublicKey) -> bool:
    """Whether the signature over the text was made with the private half of this key."""
    try:
        key.verify(signed.signature, signed.text.encode())
    except InvalidSignature:
        return False
    return True


def read_line(line: bytes | str) -> Signed:
    """A line of a witness file or of an export. Raises `Unreadable`."""
    try:
        found = json.loads(line)
        text = found["seal"]
        signed = Signed(_statement(text), text, base64.b64decode(found["signature"], validate=True))
    except (ValueError, KeyError, TypeError) as problem:
        raise Unreadable(f"not a signed statement ({problem})") from problem
    if signed.statement.text() != text:
        raise Unreadable("a statement that is not written as this format writes it")
    return signed


def _statement(text: str) -> Statement:
    found = json.loads(text)
    if found["format"] != FORMAT:
        raise ValueError(f"format {found['format']!r}, not {FORMAT!r}")
    return Statement(
        number=int(found["number"]),
        first=int(found["first"]),
        last=int(found["last"]),
        size=int(found["size"]),
        root=str(found["root"]),
        previous=str(found["previous"]),
        time=datetime.fromisoformat(found["time"]),
        since=datetime.fromisoformat(found["since"]) if found["since"] else None,
        key=str(found["key"]),
        marks=base64.b64decode(found["marks"], validate=True),
    )


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# Keys


def private_key(seed: str) -> Ed25519PrivateKey:
    """The signing key from 32 bytes in hexadecimal. Raises `Unreadable`."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    except ValueError as problem:
        raise Unreadable("a signing key is 32 bytes in hexadecimal") from problem


def public_text(key: Ed25519PublicKey) -> str:
    """The public key as it is printed, given away and read back."""
    return KEY_PREFIX + base64.b64encode(key.public_bytes_raw()).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """The key that `public_text` printed. Raises `Unreadable`."""
    try:
        raw = base64.b64decode(text.strip().removeprefix(KEY_PREFIX), validate=True)
        return Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, binascii.Error) as problem:
        raise Unreadable(
            f"not a public key: one reads {KEY_PREFIX}… as `fanal audit key` prints it"
        ) from problem


def key_id(key: Ed25519PublicKey) -> str:
    """Sixteen characters by which people and statements name a key."""
    return sha256(key.public_bytes_raw()).hexdigest()[:16]
