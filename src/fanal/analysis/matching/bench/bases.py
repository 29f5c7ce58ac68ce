"""The generated bases of one run: people to look among, and mentions of the same and of other people to ask with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

from fanal.analysis.matching.generator import Part, write
from fanal.analysis.matching.model import Model
from fanal.analysis.matching.record import Identifier, Record, Trait
from fanal.analysis.matching.training import Tell, train

SECRET = b"the bench has no secret at all"
_IDENTIFIERS = {
    Identifier.PHONE: "phones",
    Identifier.PLATE: "plates",
    Identifier.IBAN: "ibans",
    Identifier.DOCUMENT: "documents",
    Identifier.NATIONAL: "nationals",
    Identifier.EMAIL: "emails",
    Identifier.HANDLE: "handles",
}
_LEARN = 200_000  # rows that a model is learned from, drawn from the whole base
_TRUTH = ("mention", "entity")


@dataclass(frozen=True, slots=True)
class Base:
    """Files of one part: `people` to look among, `questions` that are not among them, the `model` of the people."""

    folder: Path
    part: Part
    number: int
    questions: int

    @property
    def people(self) -> Path:
        return self.folder / f"{self.part}.parquet"

    @property
    def asked(self) -> Path:
        return self.folder / f"{self.part}-questions.parquet"

    @property
    def model(self) -> Path:
        return self.folder / f"{self.part}.json"

    @property
    def index(self) -> Path:
        return self.folder / f"{self.part}-index"


def make(base: Base, seed: int, names: Path | None, tell: Tell) -> None:
    """Write a base: of one stream of mentions some at random are the questions, the others the people."""
    whole = base.folder / f"{base.part}-whole.parquet"
    write(whole, base.number + base.questions, seed, base.part, names=names, tell=tell)
    chosen = Random(seed).sample(range(base.number + base.questions), base.questions)  # noqa: S311
    out = np.zeros(base.number + base.questions, np.bool_)
    out[chosen] = True
    opened = parquet.ParquetFile(whole)
    with (
        parquet.ParquetWriter(base.people, opened.schema_arrow) as people,
        parquet.ParquetWriter(base.asked, opened.schema_arrow) as asked,
    ):
        at = 0
        for batch in opened.iter_batches(20_000):
            part = pa.array(out[at : at + batch.num_rows])
            asked.write_batch(batch.filter(part))
            people.write_batch(batch.filter(pa.compute.invert(part)))
            at += batch.num_rows
    whole.unlink()


def records(file: Path, keep: npt.NDArray[np.bool_] | None = None) -> Iterator[Record]:
    """The mentions of a file as records, as its mapping would read them; `keep`: which of them."""
    at = 0
    for batch in parquet.ParquetFile(file).iter_batches(10_000):
        part = batch if keep is None else batch.filter(pa.array(keep[at : at + batch.num_rows]))
        at += batch.num_rows
        for row in part.to_pylist():
            yield record(row)


def record(row: dict[str, object]) -> Record:
    """One mention as a record."""
    return Record(
        str(row["mention"]),
        names=(str(row["name"]), *_texts(row["aliases"])),
        births=_texts(row["births"]),
        places=_texts(row["birth_place"]),
        identifiers={kind: texts for kind, name in _IDENTIFIERS.items() if (texts := _texts(row[name]))},
        traits={kind: texts for kind in Trait if (texts := _texts(row[kind.value]))},
    )


def entities(file: Path) -> dict[str, int]:
    """Who each mention of a file is."""
    known = parquet.read_table(file, columns=list(_TRUTH))
    return dict(zip(*(known[name].to_pylist() for name in _TRUTH), strict=True))


def learn(base: Base, tell: Tell) -> float:
    """Learn the model of a base from its own people, without the truth, and save it; answers the records used."""
    keep = np.zeros(base.number, np.bool_)
    keep[Random(1).sample(range(base.number), min(_LEARN, base.number))] = True  # noqa: S311
    found = list(records(base.people, keep))
    train(found, tell=tell).save(base.model)
    return float(len(found))


def known(base: Base) -> Model:
    """The model of a base."""
    return Model.load(base.model)


def _texts(cell: object) -> tuple[str, ...]:
    if cell is None:
        return ()
    return (
        tuple(str(each) for each in cell)
        if isinstance(cell, Sequence) and not isinstance(cell, str)
        else (str(cell),)
    )
