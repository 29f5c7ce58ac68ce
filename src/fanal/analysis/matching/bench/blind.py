"""Questions by keyed keys alone: what is lost against open names, with learned weights and with naive ones."""

from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np

from fanal.analysis.matching.blind import Register, Weights, learn, question
from fanal.analysis.matching.training import Tell

from . import bases
from .bases import SECRET, Base
from .online import ON

_LEARN = 150_000
_MOST, _ROOM, _SCORED = 500, 2_000, 20
Answers = dict[str, list[tuple[str, float]]]


def weights_of(base: Base, tell: Tell) -> Path:
    """Learn weights from people of whom it is known who is who, all mentions of each; answers their file."""
    truth = bases.entities(base.people)
    number = min(base.number, _LEARN) / base.number
    kept = {entity for entity in sorted(set(truth.values())) if Random(entity).random() < number}  # noqa: S311
    people = [record for record in bases.records(base.people) if truth[record.id] in kept]
    found = learn(people, [truth[record.id] for record in people], tell=tell)
    file = base.folder / "weights.json"
    found.save(file)
    return file


def fill(base: Base, tell: Tell) -> int:
    """Build the register of a base; answers how many are in it."""
    register = Register.build(_folder(base), SECRET, bases.records(base.people), tell=tell)
    return register.index.size()


def ask(base: Base, weights: Path, tell: Tell) -> tuple[Answers, list[float]]:
    """Ask every question by its keys: (answers, milliseconds of each from the keys to the hits)."""
    register, known = Register(_folder(base), SECRET), Weights.load(weights)
    answers: Answers = {}
    times = []
    asked = [(record.id, question(record, SECRET)) for record in bases.records(base.asked)]
    for _, first in asked[:200]:
        register.hits(first, known, on=ON, least=-20)
    for done, (name, keys) in enumerate(asked):
        started = perf_counter()
        hits = register.hits(keys, known, on=ON, least=-20)
        times.append((perf_counter() - started) * 1000)
        answers[name] = [(hit.id, hit.bits) for hit in hits]
        if done % 500 == 0:
            tell("Asking blindly", done, len(asked))
    tell("Asking blindly", len(asked), len(asked))
    return answers, times


def ask_naively(base: Base, tell: Tell) -> Answers:
    """The same where each shared key counts as its rarity says, as if keys said nothing of each other."""
    index = Register(_folder(base), SECRET).index
    answers: Answers = {}
    for record in bases.records(base.asked):
        found = index.ask(question(record, SECRET).keys, on=ON, most=_MOST)
        told = (found.counts > 0) & (found.counts <= _MOST)
        worth = np.where(told, np.log2((index.size() + 1) / np.maximum(found.counts, 1)), 0.0)
        best = found.best(worth, _SCORED)
        scores = found.shared(best, told) @ worth
        answers[record.id] = list(zip(found.ids(best), scores.tolist(), strict=True))
    tell("Asking naively", 1, 1)
    return answers


def _folder(base: Base) -> Path:
    return base.folder / f"{base.part}-register"
