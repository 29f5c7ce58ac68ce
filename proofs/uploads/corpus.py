"""All hostile files, generated: the same seed makes the same ones."""

from functools import cache
from random import Random

from proofs.uploads import honest, offices, others, pdfs, pictures
from proofs.uploads.case import Case


@cache
def hostile(seed: int) -> list[Case]:
    """Two hundred and more, no two alike by name."""
    random = Random(seed)
    found = [*pictures.cases(random), *pdfs.cases(random), *offices.cases(), *others.cases(random)]
    assert len({case.name for case in found}) == len(found)
    return found


def legitimate() -> list[Case]:
    return list(honest.cases())
