"""The trace: written with each act, sealed behind it, handed out to be checked, watched for what is unusual."""

from fanal.audit.models import Verb
from fanal.audit.services.recording import (
    SYSTEM,
    Actor,
    Line,
    files_touched,
    record,
    record_alike,
    record_refusal,
)
from fanal.audit.services.watching import record_reading

__all__ = [
    "SYSTEM",
    "Actor",
    "Line",
    "Verb",
    "files_touched",
    "record",
    "record_alike",
    "record_reading",
    "record_refusal",
]
