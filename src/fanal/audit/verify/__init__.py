"""Checking an export of the trace. Needs the file and a public key: no database, no settings, nothing else of Fanal."""

from fanal.audit.rules.statements import Unreadable
from fanal.audit.verify.checking import Verdict, verify
from fanal.audit.verify.findings import Finding

__all__ = ["Finding", "Unreadable", "Verdict", "verify"]
