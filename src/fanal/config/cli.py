"""The command line: how each command is called and what its exit code means. Work stands in `commands`."""

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from fanal.config.commands import audit, catalogues, durability, house, serving
from fanal.config.commands.console import bars, err, out
from fanal.database import roles
from fanal.database.errors import DatabaseFault, Unsafe
from fanal.errors import Refusal

FAULT, USAGE, REFUSED, BAD_DATA, LOOK, ACT = 1, 2, 3, 4, 5, 6

EPILOG = """
**Exit codes**

- 0: done
- 1: fault, something broke
- 2: usage, the command was called wrongly
- 3: refused by the safety check, the database would not keep its promises
- 4: data problem: input or country pack cannot be accepted, or totals differ
- 5: `fanal doctor` found something to look at
- 6: `fanal doctor` found something to act on now

**Environment**

- FANAL_VAR: folder of everything that is not code; ./var if not set
- DATABASE_URL, DATABASE_OWNER_URL: a PostgreSQL 15 to 18 of yours; if not set, Fanal runs its own
- DATABASE_ADMIN_URL: the same database past its walls; only backup and restore use it
- FANAL_POSTGRES: whose programs its own PostgreSQL uses: embedded, debian or a folder
- FANAL_COUNTRY: the country pack; belgium if not set
"""

app = typer.Typer(
    name="fanal",
    help="**Fanal**: the shared system of a coordination against human trafficking.\n\n"
    "Start with **fanal serve --demo**: it makes its own database, fills it with invented files and "
    "prints an address and accounts to look around with.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
imports = typer.Typer(
    no_args_is_help=True, help="Bring files from elsewhere through the same doors as people."
)
app.add_typer(imports, name="import")
app.add_typer(durability.app)
app.add_typer(audit.app, name="audit")

account = typer.Typer(no_args_is_help=True, help="The first people of an installation.")
app.add_typer(account, name="account")

Seed = Annotated[int, typer.Option(help="The same number gives the same data, down to the identifiers.")]
DemonstrationScale = Annotated[
    float,
    typer.Option(min=0, max=1, help="1 makes as many files as the published figures of the country say."),
]
SCALE = 0.15  # about a minute on two processors


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port on 127.0.0.1.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes of the web server.")] = 2,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="Serve the demonstration: a new database is filled first, accounts are printed."
        ),
    ] = False,
) -> None:
    """Serve the application until Ctrl-C.

    Starts our own PostgreSQL unless DATABASE_URL is set, brings the tables and the country pack up to date,
    refuses an unsafe database (exit code 3), then runs the web server and the worker for mail and deadlines.
    Stopping it stops everything it started.
    """
    if not serving.port_is_free(port):
        raise typer.BadParameter(f"port {port} is taken. Choose another: PORT=8001", param_hint="PORT")
    catalogues.compile_stale()
    serving.count_together()
    os.environ["FANAL_DEMONSTRATION"] = "1" if demo else ""  # every page says so; read when settings load
    with house.ready_house():
        house.load_country()
        if demo:
            _seed_if_new()
        # Without --demo the demonstration is not even imported: a real installation has no invented accounts.
        greeting = _demonstration_accounts() if demo else []
        house.let_go()
        serving.serve(port=port, workers=workers, greeting=greeting)


@app.command()
def web(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port on 127.0.0.1.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes of the web server.")] = 2,
) -> None:
    """Serve the pages alone, for an installation whose database and worker are started by something else.

    Changes nothing: tables of another version are refused (exit code 1), an unsafe database too (3). On SIGTERM it
    finishes the requests in hand within 20 seconds.
    """
    catalogues.compile_stale()
    serving.count_together()
    with house.checked_house():
        house.let_go()
        serving.web_server(port, workers)


@app.command()
def worker() -> None:
    """Do what waits in the queue, alone: mail, deadlines, the seal. On SIGTERM it ends what it has in hand."""
    catalogues.compile_stale()
    with house.checked_house():
        house.let_go()
        serving.worker()


@app.command()
def migrate(
    print_roles_sql: Annotated[
        bool,
        typer.Option(
            "--print-roles-sql", help="Print the SQL that prepares your own server, and do nothing."
        ),
    ] = False,
) -> None:
    """Bring the tables to this version, as the owner role.

    For a PostgreSQL of your own: set DATABASE_URL (runtime role) and DATABASE_OWNER_URL (owner role), run
    **fanal migrate --print-roles-sql | psql …** once as a superuser, then **fanal migrate**.
    Passwords appear in that SQL only as SCRAM verifiers.
    """
    if print_roles_sql:
        addresses = [os.environ.get(name, "") for name in ("DATABASE_OWNER_URL", "DATABASE_URL")]
        if not all(addresses):
            raise typer.BadParameter(
                "set DATABASE_URL and DATABASE_OWNER_URL first", param_hint="--print-roles-sql"
            )
        sys.stdout.write(roles.administrator_sql(*addresses))
        return
    with house.open_house():
        done = house.migrate()
        house.check_safety()
    out.print(f"{done} migrations done." if done else "The tables are up to date.")


@app.command("load-country")
def load_country() -> None:
    """Copy the country pack (FANAL_COUNTRY) into the editable tables, by stable code.

    Twice changes nothing; nothing is deleted, only closed with an end date. A pack that contradicts itself is
    refused with every problem listed (exit code 4).
    """
    with house.ready_house():
        lines = house.load_country()
    table = Table("", "created", "updated", "closed", "kept as edited", "unchanged")
    for line in lines:
        numbers = line.created, line.updated, line.closed, line.kept, line.unchanged
        table.add_row(line.kind, *map(str, numbers))
    out.print(table)


@app.command()
def demo(seed: Seed = 1, scale: DemonstrationScale = SCALE) -> None:
    """Fill an empty database with invented units, accounts and five years of files.

    Nothing in it is real. A database that already holds people's work is refused (exit code 4).
    """
    with house.ready_house():
        house.load_country()
        _seed(seed, scale)
        for line in _demonstration_accounts():
            out.print(line)


@app.command()
def tokens(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List a login code and an API token for each demonstration account.

    The code is the one an authenticator would show now; --json adds the secret behind it. Refused outside a
    demonstration (exit code 4).
    """
    with house.ready_house():
        from fanal.config import demo as demonstration

        found = demonstration.tokens()
    if as_json:
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
        return
    width = max((len(token["email"]) for token in found), default=0)
    for token in found:  # lines and no table: a token that is cut to the window is no use
        out.print(f"{token['email']:{width}}  {token['totp_code']}  {token['token']}  {token['role']}")


@app.command()
def deadlines(
    on: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Look from this day instead of today.")] = "",
) -> None:
    """Look for clocks that are due and tell who must know. The worker does it by itself; this shows the count."""
    day = _day(on)
    with house.ready_house():
        from fanal.config import deadlines as clocks

        for label, count in clocks.sweep(on=day).items():
            out.print(f"{label}: {count}")


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Look at everything that can go wrong unnoticed, and say what to do about it.

    Settings, roles, walls, clocks, certificates, queue, disk, seal, backup. Changes nothing. Exit code 5: there is
    something to look at; 6: something to act on now. The platform's administrator has the same as a page.
    """
    with house.open_house():
        from django.utils import timezone

        from fanal.config import doctor as examining

        found = examining.examine(timezone.now())
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False) + "\n")
    else:
        table = Table("", "What", "Found", "What to do")
        for one in found:
            table.add_row(one.state, *map(escape, (one.name, one.found, one.cure)))
        out.print(table)
    if code := {"ok": 0, "warn": LOOK, "fail": ACT}[examining.worst(found)]:
        raise typer.Exit(code)


@app.command()
def bench(
    output: Annotated[Path, typer.Option(help="Where the JSON goes.")] = Path("var/bench.json"),
    scale: Annotated[
        float, typer.Option(min=0, help="1: 200,000 alerts, 600,000 persons, 500,000 grants.")
    ] = 1,
) -> None:
    """Measure lists, details, intake and import on a large invented database; print a table, write JSON.

    The database is made for it in a folder of its own, about 2 GB, and removed afterwards; yours is not touched.
    """
    from fanal.config import bench as measuring

    with bars() as tell:
        table = measuring.run(output=output, scale=scale, tell=tell)
    out.print(table)


@app.command(
    add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def match(context: typer.Context) -> None:
    """Same person or object? Learn from files, link them, and say why: **fanal match --help**."""
    from fanal.analysis.matching.cli import app as matching

    matching(args=context.args, prog_name="fanal match")


@account.command()
def first(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, readable=True, help="CSV: email, name, language, unit, role."
        ),
    ],
) -> None:
    """Make the first accounts, all together: three people of three services, or two of each of two, or more.

    One asks and two of different services agree: fewer people could never add another. Prints for each a code in two
    halves, to be given by two people, good for a day. Refused once anybody works here (exit code 4): from then on
    accounts are asked for in the pages.
    """
    with house.ready_house():
        house.load_country()
        from fanal.config.commands import people

        founding = people.found(file)
    for email, halves in founding.codes.items():
        out.print(f"{email}  {'  '.join(f'{half[:4]} {half[4:]}' for half in halves)}", highlight=False)
    if founding.unreachable:
        out.print(
            f"Nobody in the list can vouch for: {', '.join(founding.unreachable)}. "
            "Two people who hold such a function must be in the list, or it stays empty."
        )


@imports.command()
def nrm(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
) -> None:
    """Import referrals of the United Kingdom's mechanism (CSV or CSV.GZ, one line for each group with a count).

    Each person goes through the same intake as an alert typed by hand. Ends with a comparison of the totals,
    line by line, with those in the file itself: exit code 4 where one differs.
    """
    with house.ready_house():
        house.load_country()
        from fanal.config.imports import nrm as referrals

        with bars() as tell:
            report = referrals.run(files, tell=tell)
    for line in report.lines:
        out.print(line)
    if not report.equal:
        raise typer.Exit(BAD_DATA)


WITHOUT_DATABASE = {"makemigrations", "makemessages", "compilemessages", "diffsettings", "help", "version"}


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """Run a management command of Django, with the database started: fanal manage showmigrations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.config.settings")
    from django.core.management import execute_from_command_line

    arguments = ["fanal manage", *context.args]
    if not context.args or context.args[0] in WITHOUT_DATABASE:
        execute_from_command_line(arguments)
        return
    with house.open_house():
        execute_from_command_line(arguments)


def main() -> None:
    """The entry point: refusals become one readable message and their exit code."""
    try:
        app(prog_name="fanal")
    except Unsafe as refusal:
        _fail(refusal, REFUSED)
    except (DatabaseFault, serving.DidNotServe) as fault:
        _fail(fault, FAULT)
    except Refusal as refusal:
        _fail(refusal.message or refusal.code, BAD_DATA)


def _fail(message: object, code: int) -> None:
    err.print(str(message), markup=False)
    sys.exit(code)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-02-28", param_hint="--on") from problem


def _seed_if_new() -> None:
    from fanal.config import demo as demonstration

    if not demonstration.is_demonstration():
        _seed(1, SCALE)


def _seed(seed: int, scale: float) -> None:
    from fanal.config import demo as demonstration

    with bars() as tell:
        demonstration.seed(seed=seed, scale=scale, tell=tell)


def _demonstration_accounts() -> list[str]:
    from fanal.config import demo as demonstration

    found = demonstration.accounts()
    passwords = ", ".join({account.password for account in found})
    width = max((len(account.email) for account in found), default=0)
    return [
        "Demonstration accounts (invented; anyone may use them):",
        *(f"  {account.email:{width}}  {account.role}, {account.unit}" for account in found),
        f"Password of each: {passwords}",
        "Second factor: `fanal tokens` prints the code of the moment for each account.",
    ]
