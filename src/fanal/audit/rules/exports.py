"""How an export of the trace is written; docs/audit.md says the same for those who have no Fanal."""

FORMAT = "fanal-trace/1"
FIELDS = (
    "id",
    "at",
    "verb",
    "act",
    "person_id",
    "membership_id",
    "unit_id",
    "owner_unit_id",
    "compartment_id",
    "object_ids",
    "purpose",
    "reference",
    "facts",
)
"""What stands in a line, in this order; `at` in seconds since 1970 (UTC)."""
