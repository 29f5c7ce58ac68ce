"""What is wrong in a file, told with its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not as it should be. `lost`: the row, or that value, is left out."""

    file: str
    line: int
    field: str
    what: str
    lost: bool

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field or 'row'}: {self.what}"
