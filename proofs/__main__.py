"""`python -m proofs [part …]`: each part in a process of its own, then one page and `var/prove.json`."""

import json
import random
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from fanal.config.commands.console import bars, err, out
from proofs.figure import Figure, as_rows, page

PARTS = (
    "matrix",
    "teeth",
    "existence",
    "crash",
    "concurrency",
    "tampering",
    "rest",
    "fuzz",
    "uploads",
    "load",
    "durability",
)
Found = list[tuple[str, Figure]]


def main(
    parts: Annotated[
        list[str] | None, typer.Argument(help=f"Of: {', '.join(PARTS)}. Without one: all.")
    ] = None,
    scale: Annotated[float, typer.Option(min=0, max=1, help="1 is the whole; less does fewer probes.")] = 1,
    seed: Annotated[int, typer.Option(help="0 draws one; the same number makes the same probes.")] = 0,
    output: Annotated[Path, typer.Option(help="Where the JSON goes.")] = Path("var/prove.json"),
    alone: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Prove the walls, the trace and the durability at full size. Exit code 1 where a bar is not reached."""
    chosen = parts or list(PARTS)
    if unknown := sorted(set(chosen) - set(PARTS)):
        raise typer.BadParameter(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    seed = seed or random.SystemRandom().randrange(1, 2**31)
    output.parent.mkdir(parents=True, exist_ok=True)
    if alone:
        _write(output, _proven(chosen[0], scale=scale, seed=seed), seed, scale)
        return
    err.print(f"seed {seed}, scale {scale:g}")
    found: Found = []
    for part in chosen:
        found += _in_own_process(part, scale=scale, seed=seed, output=output)
    _write(output, found, seed, scale)
    out.print(page(found))
    if not all(figure.reached for _, figure in found):
        raise typer.Exit(1)


def _proven(part: str, *, scale: float, seed: int) -> Found:
    with bars() as tell:
        return [
            (part, figure)
            for figure in import_module(f"proofs.{part}").prove(scale=scale, seed=seed, tell=tell)
        ]


def _in_own_process(part: str, *, scale: float, seed: int, output: Path) -> Found:
    begun = time.monotonic()
    own = output.with_name(f"prove-{part}.json")
    own.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "proofs",
        part,
        "--alone",
        f"--scale={scale}",
        f"--seed={seed}",
        f"--output={own}",
    ]
    code = subprocess.run(command, check=False).returncode
    if code or not own.exists():
        return [(part, Figure("the proof itself", f"broke (exit {code})", "runs to its end", reached=False))]
    rows = json.loads(own.read_text())["figures"]
    err.print(f"{part}: {time.monotonic() - begun:.0f} s")
    return [(row.pop("part"), Figure(**row)) for row in rows]


def _write(output: Path, found: Found, seed: int, scale: float) -> None:
    output.write_text(json.dumps({"seed": seed, "scale": scale, "figures": as_rows(found)}, indent=1) + "\n")


app = typer.Typer(pretty_exceptions_enable=False)
app.command()(main)
app()
