"""Who opens a file on which track, and who asks for it. Pure."""

from fanal.country.schema import Law, Move


def opening_moves(law: Law, track: str) -> tuple[Move, ...]:
    """The first decisions of a track: those that its first phase allows, ending left out."""
    first = law.track(track).phases[0]
    return tuple(
        move
        for move in law.moves_from(first, track)
        if not (law.phase(move.to_phase).final and not move.document)
    )


def deciders(law: Law, track: str) -> tuple[str, ...]:
    """The kinds of unit that decide on a track, in the order of the law: they own its files."""
    return tuple(dict.fromkeys(kind for move in opening_moves(law, track) for kind in move.decided_by))


def askers(law: Law, track: str) -> tuple[str, ...]:
    """The kinds of unit that may ask for a file on a track."""
    return tuple(dict.fromkeys(kind for move in opening_moves(law, track) for kind in move.requested_by))
