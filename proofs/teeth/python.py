"""Faults of the first wall, of the gates and of the acts: what somebody forgets, widens or swaps in Python."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

from tests.house import addresses

from fanal.access.rules import PERMISSIONS, Member, Permission
from proofs.teeth import acts
from proofs.teeth.faults import Fault, Patch

EVERYBODY = frozenset.intersection(*PERMISSIONS.values())
FORBIDDEN = ("foreign", "expired", "revoked", "exists", "anyone")


def replaced(path: str, make: Callable[[Any], Any]) -> Patch:
    """A fault that is another function in the place of one (`module:name`), made from the one that was there."""
    module_name, name = path.split(":")

    @contextmanager
    def changed() -> Iterator[None]:
        owner: Any = import_module(module_name)
        *outer, last = name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        with patch.object(owner, last, make(getattr(owner, last))):
            yield

    return changed


def faults() -> list[Fault]:
    """Permissions that nobody asks for, querysets widened, checks removed."""
    return [*_gates(), *_widened(), *acts.faults(replaced)]


def _gates() -> list[Fault]:
    """A permission that nobody asks for any more: whoever comes may come in, wherever it was asked for."""
    guarded: dict[Permission, list[str]] = {}
    for each in addresses.addresses():
        if each.is_ours and each.gate.permission is not None:
            guarded.setdefault(each.gate.permission, []).append(re.escape(each.route))
    return [
        Fault(
            f"nobody asks for {asked.value}",
            "gate",
            _forgotten(asked),
            routes=f" ({'|'.join(guarded[asked])})$",
        )
        for asked in Permission
        if asked in guarded and asked not in EVERYBODY
    ]


def _forgotten(permission: Permission) -> Patch:
    @contextmanager
    def changed() -> Iterator[None]:
        real = Member.may
        with patch.object(Member, "may", lambda self, asked: asked is permission or real(self, asked)):
            yield

    return changed


_ROUTES = {
    "fanal.alerts": r" (api/)?alerts|^get $|waiting|referrals/persons/new",
    "fanal.referrals": r" (api/)?referrals|^get $|waiting|protection/new",
    "fanal.protection": r" (api/)?protection|^get $|waiting",
    "fanal.attachments": r" (api/)?attachments",
    "fanal.retention": r" (api/)?retention",
}


def _widened() -> list[Fault]:
    """A module that forgets the first wall; not those in which another look at the same row stands before."""
    return [
        Fault(
            f"{name} reads past the wall",
            "queries",
            _without_wall(name),
            routes=_routes(name),
            relations=FORBIDDEN,
        )
        for name in WIDENED
    ]


WIDENED = (
    "fanal.alerts.queries.heads", "fanal.alerts.queries.lists", "fanal.alerts.queries.persons",
    "fanal.alerts.queries.sheets", "fanal.alerts.services.reading",
    "fanal.attachments.queries.files", "fanal.protection.queries.files", "fanal.protection.queries.lists",
    "fanal.protection.queries.questions", "fanal.protection.services.reading",
    "fanal.referrals.queries.files", "fanal.referrals.queries.matters", "fanal.retention.queries",
)  # fmt: skip


def _routes(module: str) -> str:
    return next((routes for name, routes in _ROUTES.items() if module.startswith(name)), ".")


def _without_wall(name: str) -> Patch:
    def everything(model: Any, _by: Member) -> Any:
        return model._default_manager.all()

    @contextmanager
    def changed() -> Iterator[None]:
        with patch.object(sys.modules.get(name) or import_module(name), "visible", everything):
            yield

    return changed
