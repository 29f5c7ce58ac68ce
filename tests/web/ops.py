"""The small house of `stage.py` with addresses that wait, break and quote what nobody may log."""

import logging

import psycopg
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from tests.web import stage

from fanal.access.gate import public, requires
from fanal.access.rules import Permission

CANARY = "Kanari-7F3K9QX4"


@public("waits for as long as the database may")
def waits(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [request.GET.get("for", "5")])
    return HttpResponse("awake")


@public("waits for a lock")
def locks(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7)")
    return HttpResponse("locked")


@requires(Permission.EXPORT)
def exports(request: HttpRequest) -> HttpResponse:
    return HttpResponse("file")


def _value() -> None:
    raise ValueError(CANARY)


def _row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [CANARY])


def _twice() -> None:
    with connection.cursor() as cursor:
        statement = "INSERT INTO web_cached VALUES (%s, %s, now())"
        for _time in range(2):
            cursor.execute(statement, [CANARY.encode(), CANARY])


def _chained() -> None:
    try:
        _value()
    except ValueError as problem:
        raise RuntimeError(f"while reading {CANARY}") from problem


def _library() -> None:
    logging.getLogger("some.library").error("cannot read %s", CANARY)
    logging.getLogger("some.library").error(f"cannot read {CANARY}")
    try:
        _value()
    except ValueError:
        logging.getLogger("some.library").exception("it broke", extra={"row": CANARY})


def _full() -> None:
    raise OperationalError(CANARY) from psycopg.errors.DiskFull(CANARY)


FAULTS = {
    "full": _full,
    "value": _value,
    "row": _row,
    "twice": _twice,
    "chained": _chained,
    "library": _library,
}


@public("breaks in one of several ways")
def breaks(request: HttpRequest, how: str) -> HttpResponse:
    FAULTS[how]()
    return HttpResponse("whole")


urlpatterns = [
    path("waits", waits, name="waits"),
    path("locks", locks, name="locks"),
    path("exports", exports, name="exports"),
    path("breaks/<slug:how>", breaks, name="breaks"),
    *stage.urlpatterns,
]
handler404, handler429, handler500 = (
    "fanal.web.errors.not_found",
    "fanal.web.errors.too_many",
    "fanal.web.errors.fault",
)
