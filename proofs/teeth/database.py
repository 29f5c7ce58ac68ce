"""Faults of the second wall: policies dropped or widened, triggers and functions that no longer do their work."""

from collections.abc import Iterator
from contextlib import contextmanager

from proofs.matrix.law import law
from proofs.teeth.faults import Fault, Patch
from proofs.teeth.stage import change_house


def statements(sql: str) -> Patch:
    """A fault that is a change of the database; the savepoint around it takes it back."""

    @contextmanager
    def changed() -> Iterator[None]:
        change_house(sql)
        yield

    return changed


def faults() -> list[Fault]:
    """Every policy of every walled table, and what keeps the arrays of the walls."""
    return [*_readers(), *_removers(), *_keepers(), *_context()]


UNTRIED = ("retention_erasure", "retention_answer")
"""A table in which the world has no row, and one that a policy of its own keeps to the owner besides."""


def _readers() -> list[Fault]:
    return [
        Fault(
            f"everybody reads {table}", "database", statements(f"ALTER POLICY readers ON {table} USING (true)"),
            tables=(table,), acts=("select",),
        )
        for table in law().tables
        if table not in UNTRIED
    ]  # fmt: skip


def _removers() -> list[Fault]:
    """A policy of removal that lets every reader remove."""
    made = ("alerts_alert", "alerts_sign", "alerts_person", "alerts_searchtoken", "alerts_transmission",
            "alerts_dutydone", "attachments_attachment", "attachments_piece", "referrals_referral",
            "referrals_referralitem",
            "protection_deadline")  # fmt: skip
    return [
        Fault(
            f"who reads {table} removes from it", "database",
            statements(f"ALTER POLICY removed ON {table} USING (true)"),
            tables=(table,), acts=("delete",),
        )
        for table in made
    ]  # fmt: skip


def _writers() -> list[Fault]:
    made = ("alerts_alert", "alerts_sign", "alerts_person", "alerts_dutydone", "referrals_referralitem")
    return [
        Fault(
            f"who reads {table} writes in it", "database",
            statements(f"ALTER POLICY changed ON {table} USING (true) WITH CHECK (true)"),
            tables=(table,), acts=("update",),
        )
        for table in made
    ]  # fmt: skip


_APPLY = """
CREATE OR REPLACE FUNCTION access_apply_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.applied := {holds};
    RETURN NEW;
END $$;
"""
_DAYS = "NEW.valid_from <= access_today() AND (NEW.valid_to IS NULL OR NEW.valid_to >= access_today())"
_KEEP = """
CREATE OR REPLACE FUNCTION access_keep_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    SELECT {acl} || TG_ARGV[1]::integer[] INTO NEW.acl FROM access_compartment c WHERE c.id = NEW.compartment_id;
    RETURN NEW;
END $$;
"""
_OPEN = """
CREATE OR REPLACE FUNCTION access_open(compartments uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE access_compartment c SET
        acl_exists = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                           WHERE g.compartment_id = c.id AND {exists} ORDER BY 1),
        acl = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                    WHERE g.compartment_id = c.id AND {read} ORDER BY 1),
        acl_write = ARRAY(SELECT c.owner_unit_id UNION SELECT g.unit_id FROM access_grant g
                          WHERE g.compartment_id = c.id AND {write} ORDER BY 1)
    WHERE c.id = ANY(compartments);
    PERFORM access_reopen(compartments);
END $$;
"""
_SOUND = {
    "exists": "g.applied",
    "read": "g.applied AND g.level IN ('read', 'contribute')",
    "write": "g.applied AND g.level = 'contribute'",
}


def _keepers() -> list[Fault]:
    """What makes the arrays of the walls out of grants, and ends sight."""
    made = {
        "a grant that never expires": _APPLY.format(holds="NEW.revoked_at IS NULL"),
        "a revocation that does nothing": _APPLY.format(holds=_DAYS),
        "a grant that always holds": _APPLY.format(holds="true"),
        "a grant that never holds": _APPLY.format(holds="false"),
        "a revocation that nobody hears of": "DROP TRIGGER ended ON access_grant",
        "a grant that opens nothing": "DROP TRIGGER opened ON access_grant",
        "rows that carry another wall": _KEEP.format(acl="c.acl_exists"),
        "rows that only the owner carries": _KEEP.format(acl="ARRAY[c.owner_unit_id]"),
        "rows that carry a unit more": _KEEP.format(acl="c.acl || (SELECT max(u.id) FROM directory_unit u)"),
        "dates that open the content": _OPEN.format(**_SOUND | {"read": "g.applied"}),
        "readers that contribute": _OPEN.format(**_SOUND | {"write": "g.applied"}),
        "an end that opens for good": _OPEN.format(**_SOUND | {"read": "g.level <> 'exists'"}),
        "a refused referral that is still read": "DROP TRIGGER sight_ends ON referrals_referral",
        "the wall of alerts is not kept": "DROP TRIGGER keep ON alerts_person",
        "the wall of procedures is not kept": "DROP TRIGGER keep ON protection_fact",
    }  # fmt: skip
    everything = ("select", "visible", "update", "delete")
    return [
        Fault(name, "database", statements(sql), acts=everything, anew=True) for name, sql in made.items()
    ]


_BELIEVED = """
CREATE OR REPLACE FUNCTION context_units() RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER AS
$$ SELECT {claimed}::integer[] $$;
"""
_SAID = "coalesce(nullif(current_setting('fanal.context', true), ''), '{}')"


def _context() -> list[Fault]:
    return [
        Fault(
            "a signature that nobody checks", "database", statements(_BELIEVED.format(claimed=_SAID)), acts=("forge",)
        ),
        Fault(
            "who claims nothing sees everything", "database",
            statements(_BELIEVED.format(claimed="(SELECT array_agg(id)::text FROM directory_unit)")), acts=("forge",),
        ),
    ]  # fmt: skip
