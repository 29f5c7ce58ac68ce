"""Every read of attachments; whoever may not see the file sees none of them."""

from .antivirus import Antivirus, Verdict, antivirus_state, scan
from .files import Host, Line, State, find, host, line, lines, of_object, subjects_of, to_copy

__all__ = [
    "Antivirus",
    "Host",
    "Line",
    "State",
    "Verdict",
    "antivirus_state",
    "find",
    "host",
    "line",
    "lines",
    "of_object",
    "scan",
    "subjects_of",
    "to_copy",
]
