"""Outlines of areas, made of the municipalities of a TopoJSON file: shared borders dissolve."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

Point = tuple[int, int]
Arc = list[Point]


def outlines(
    topology: Mapping[str, Any], area_of: Mapping[str, str]
) -> tuple[tuple[int, int], dict[str, str]]:
    """The size of the picture and {area: path data of an SVG}, of a quantised topology (TopoJSON 1.0, `transform`).

    `area_of` maps the property `nis` of the features to areas; features that it does not name are left out. North is
    up. A degree of longitude is drawn at its length in the middle of the map, so that shapes look as they should.
    """
    arcs = [_decoded(arc) for arc in topology["arcs"]]
    rings = {area: _rings(arcs, used) for area, used in _borders(topology, area_of).items()}
    west, south, east, north = _box(rings)
    scale = topology["transform"]["scale"]
    stretch = scale[0] / scale[1] * _shrink(topology, (south + north) / 2)

    def drawn(point: Point) -> str:
        return f"{round((point[0] - west) * stretch)} {north - point[1]}"

    paths = {
        area: "".join(f"M{'L'.join(drawn(point) for point in ring[:-1])}Z" for ring in of_area)
        for area, of_area in rings.items()
    }
    return (round((east - west) * stretch), north - south), paths


def _shrink(topology: Mapping[str, Any], row: float) -> float:
    transform = topology["transform"]
    return cos(radians(transform["translate"][1] + row * transform["scale"][1]))


def _decoded(arc: Sequence[Sequence[int]]) -> Arc:
    """Positions of an arc: each is given as its distance from the one before."""
    x = y = 0
    points: Arc = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _borders(topology: Mapping[str, Any], area_of: Mapping[str, str]) -> dict[str, list[int]]:
    """The arcs around each area: an arc between two of its municipalities is used twice, and so no border."""
    used: dict[str, list[int]] = {}
    for collection in topology["objects"].values():
        for shape in collection.get("geometries", ()):
            area = area_of.get(shape.get("properties", {}).get("nis", ""))
            if area:
                used.setdefault(area, []).extend(_arcs_of(shape["arcs"]))
    return {area: _once(arcs) for area, arcs in used.items()}


def _arcs_of(nested: Any) -> Iterator[int]:
    for each in nested:
        if isinstance(each, int):
            yield each
        else:
            yield from _arcs_of(each)


def _once(arcs: list[int]) -> list[int]:
    times = Counter(_undirected(arc) for arc in arcs)
    return [arc for arc in arcs if times[_undirected(arc)] == 1]


def _undirected(arc: int) -> int:
    """A negative index means the same arc walked backwards: ~3 is arc 3."""
    return arc if arc >= 0 else ~arc


def _rings(arcs: list[Arc], used: list[int]) -> list[Arc]:
    """Closed lines, put together from the arcs around an area, each starting where another ends."""
    waiting: dict[Point, list[Arc]] = {}
    for index in used:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        waiting.setdefault(points[0], []).append(points)
    rings = []
    while waiting:
        ring = [next(iter(waiting))]
        while ring[-1] in waiting:
            following = waiting[ring[-1]]
            onward = following.pop()
            if not following:
                del waiting[ring[-1]]
            ring.extend(onward[1:])
        rings.append(ring)
    return rings


def _box(rings: Mapping[str, list[Arc]]) -> tuple[int, int, int, int]:
    columns = [x for of_area in rings.values() for ring in of_area for x, _ in ring]
    rows = [y for of_area in rings.values() for ring in of_area for _, y in ring]
    return min(columns), min(rows), max(columns), max(rows)
