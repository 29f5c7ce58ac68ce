"""Questions as a file that is sent: a line for each record, its keys with their kinds, no name and no identifier.

The first line says by which keys they are, and by the hash of nothing under the secret, whether both have the same one.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from fanal.analysis.matching.files import Problem
from fanal.analysis.matching.keys import VERSION, KeyKind
from fanal.analysis.matching.record import Record

from .register import Question, question

FORMAT = 1
_KINDS = {kind.name.lower(): kind for kind in KeyKind}
_MOST = 20_000  # keys of one question


class BadQuestions(Exception):
    """No question of the file can be answered; the text says why."""


def write_questions(file: Path, records: Iterable[Record], secret: bytes) -> Iterator[tuple[int, str]]:
    """Write questions about records, numbered from 1; answers number and identifier of each, which stay with who asks.

    Refuses a secret of the wrong size with ValueError.
    """
    with file.open("w", encoding="utf-8") as opened:
        opened.write(json.dumps(_heading(secret)) + "\n")
        for number, record in enumerate(records, 1):
            asked = question(record, secret)
            names = (kind.name.lower() for kind in asked.kinds)
            said = {f"{key:016x}": name for key, name in zip(asked.keys.tolist(), names, strict=True)}
            opened.write(json.dumps({"question": number, "keys": said}) + "\n")
            yield number, record.id


def read_questions(file: Path, secret: bytes) -> Iterator[tuple[int, Question] | Problem]:
    """The questions of a file with their numbers, and what is wrong in the others.

    Refuses with BadQuestions a file of another version or another secret, and one that holds no questions.
    """
    with file.open(encoding="utf-8", errors="replace") as opened:
        _demand(file, next(opened, ""), secret)
    return _each(file)


def _each(file: Path) -> Iterator[tuple[int, Question] | Problem]:
    seen: set[int] = set()
    with file.open(encoding="utf-8", errors="replace") as opened:
        next(opened)
        for line, text in enumerate(opened, 2):
            try:
                number, asked = _read(text)
                if number in seen:
                    raise ValueError(f"question {number} stands in the file already")
            except (ValueError, KeyError, TypeError, AttributeError) as wrong:
                yield Problem(file.name, line, "", f"no question: {wrong}", lost=True)
            else:
                seen.add(number)
                yield number, asked


def _heading(secret: bytes) -> dict[str, object]:
    same = blake2b(b"", digest_size=8, key=secret, person=b"fanal.questions")
    return {"format": FORMAT, "keys": VERSION, "secret": same.hexdigest()}


def _demand(file: Path, line: str, secret: bytes) -> None:
    try:
        said = json.loads(line)
        known = said["format"], said["keys"], said["secret"]
    except (ValueError, KeyError, TypeError) as problem:
        raise BadQuestions(f"{file} holds no questions: {problem}") from problem
    if known[:2] != (FORMAT, VERSION):
        theirs, this = (".".join(map(str, version)) for version in (known[:2], (FORMAT, VERSION)))
        raise BadQuestions(f"{file} has version {theirs}, this program {this}. Both sides need the same one.")
    if known != tuple(_heading(secret).values()):
        raise BadQuestions(f"{file} was made under another secret. Both sides need the same one.")


def _read(text: str) -> tuple[int, Question]:
    said = json.loads(text)
    number, named = said["question"], said["keys"]
    if type(number) is not int or number < 1:
        raise ValueError(f"{number!r} is no number of a question")
    if len(named) > _MOST:
        raise ValueError(f"{len(named):,} keys; {_MOST:,} at most")
    if unknown := set(named.values()) - _KINDS.keys():
        raise ValueError(f"{sorted(unknown)[0]!r} is no kind of key")
    keys = {_key(text): _KINDS[kind] for text, kind in named.items()}
    found = sorted(keys.items())
    return number, Question(np.array([key for key, _ in found], np.uint64), tuple(kind for _, kind in found))


def _key(text: str) -> int:
    if len(text) != 16 or set(text) - set("0123456789abcdef"):
        raise ValueError(f"{text!r} is no key")
    return int(text, 16)
