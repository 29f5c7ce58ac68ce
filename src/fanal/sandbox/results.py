"""What reading a file gives, and how it is refused."""

from dataclasses import dataclass, field


class Refused(Exception):
    """The file is not accepted; `code` says why, `media` which kind it seemed."""

    def __init__(self, code: str, media: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.media = media


@dataclass(frozen=True, slots=True)
class Read:
    """A file that is accepted. `removed`: codes of what its copy no longer has."""

    media: str
    copy: bytes
    pages: int = 1
    previews: tuple[bytes, ...] = ()
    removed: frozenset[str] = field(default=frozenset())
