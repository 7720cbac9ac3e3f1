"""Where the rooms of a map go: layer by layer, so that every arrow points down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Graph = Mapping[str, set[str]]
# A room of a layer, or the point at which a long arrow passes through it: (from, to, layer).
Spot = str | tuple[str, str, int]

SWEEPS, PLACINGS = 40, 200
GAP = 26.0
GAP_OF_A_LINE = 12.0


class CycleError(Exception):
    """Rooms that use each other, so that neither can be above the other."""


def closure(graph: Graph) -> dict[str, set[str]]:
    """Return everything that each room reaches; a cycle is refused."""
    reached: dict[str, set[str]] = {}

    def visit(room: str, path: tuple[str, ...]) -> set[str]:
        if room in path:
            raise CycleError(" → ".join((*path[path.index(room) :], room)))
        if room not in reached:
            below = [visit(other, (*path, room)) for other in sorted(graph[room])]
            reached[room] = graph[room].union(*below)
        return reached[room]

    for room in sorted(graph):
        visit(room, ())
    return reached


def reduced(graph: Graph) -> dict[str, set[str]]:
    """Return the arrows that do not follow from others."""
    reached = closure(graph)
    return {
        room: {to for to in others if not any(to in reached[via] for via in others)}
        for room, others in graph.items()
    }


def depths(graph: Graph) -> dict[str, int]:
    """Return for each room the longest way from it to the bottom."""
    known: dict[str, int] = {}

    def depth(room: str) -> int:
        if room not in known:
            known[room] = 1 + max((depth(other) for other in graph[room]), default=-1)
        return known[room]

    return {room: depth(room) for room in sorted(graph)}


@dataclass
class Layout:
    """The spots of each layer from left to right, and the middle of each spot."""

    layers: list[list[Spot]]
    middle: dict[Spot, float]
    chains: dict[tuple[str, str], list[Spot]]


def arranged(graph: Graph, layer_of: Mapping[str, int], width: Mapping[str, float]) -> Layout:
    """Order the layers for few crossings, then put every spot close to what it is joined to."""
    layers: list[list[Spot]] = [[] for _ in range(max(layer_of.values()) + 1)]
    for room in sorted(graph):
        layers[layer_of[room]].append(room)
    chains: dict[tuple[str, str], list[Spot]] = {}
    for room, other in sorted((above, below) for above in graph for below in graph[above]):
        between: list[Spot] = [
            (room, other, layer) for layer in range(layer_of[room] + 1, layer_of[other])
        ]
        for spot in between:
            layers[spot[2]].append(spot)  # type: ignore[index]
        chains[room, other] = [room, *between, other]
    up: dict[Spot, list[Spot]] = {spot: [] for layer in layers for spot in layer}
    down: dict[Spot, list[Spot]] = {spot: [] for layer in layers for spot in layer}
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            down[upper].append(lower)
            up[lower].append(upper)
    layers = _with_few_crossings(layers, up, down)
    return Layout(layers, _placed(layers, up, down, width), chains)


def _with_few_crossings(
    layers: list[list[Spot]], up: Mapping[Spot, list[Spot]], down: Mapping[Spot, list[Spot]]
) -> list[list[Spot]]:
    best, fewest = layers, _crossings(layers, down)
    for sweep in range(SWEEPS):
        neighbours, order = (up, layers) if sweep % 2 else (down, layers[::-1])
        for before, layer in pairwise(order):
            place = {spot: number / len(before) for number, spot in enumerate(before)}
            layer.sort(key=lambda spot: _mean((place[n] for n in neighbours[spot]), 0.5))
        crossings = _crossings(layers, down)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _crossings(layers: Sequence[Sequence[Spot]], down: Mapping[Spot, list[Spot]]) -> int:
    count = 0
    for upper, lower in pairwise(layers):
        place = {spot: number for number, spot in enumerate(lower)}
        ends = [sorted(place[to] for to in down[spot]) for spot in upper]
        for number, left in enumerate(ends):
            for right in ends[number + 1 :]:
                count += sum(a > b for a in left for b in right)
    return count


def _placed(
    layers: Sequence[Sequence[Spot]],
    up: Mapping[Spot, list[Spot]],
    down: Mapping[Spot, list[Spot]],
    width: Mapping[str, float],
) -> dict[Spot, float]:
    middle: dict[Spot, float] = {}
    for layer in layers:
        middle.update(zip(layer, _spread([0.0] * len(layer), layer, width), strict=True))
    for _ in range(PLACINGS):
        for layer in (*layers, *layers[::-1]):
            wanted = [
                _mean(
                    (
                        middle[other]
                        for other in (*up[spot], *down[spot])
                        for _ in range(_pull(spot, other))
                    ),
                    middle[spot],
                )
                for spot in layer
            ]
            middle.update(zip(layer, _spread(wanted, layer, width), strict=True))
    return middle


def _spread(
    wanted: Sequence[float], layer: Sequence[Spot], width: Mapping[str, float]
) -> list[float]:
    """Return the places nearest to those wanted that keep order and distance.

    With the distances taken away, that is a regression whose result never falls.
    """
    offsets = [0.0]
    for left, right in pairwise(layer):
        offsets.append(offsets[-1] + _half(left, width) + _half(right, width))
    blocks: list[list[float]] = []  # the sum and the number of places that have become one
    for place, offset in zip(wanted, offsets, strict=True):
        blocks.append([place - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    flat = [total / count for total, count in blocks for _ in range(int(count))]
    return [place + offset for place, offset in zip(flat, offsets, strict=True)]


def _pull(spot: Spot, other: Spot) -> int:
    """How strongly they draw each other: a long arrow is to be straight in its middle."""
    return 1 + 7 * (not isinstance(spot, str) and not isinstance(other, str))


def _half(spot: Spot, width: Mapping[str, float]) -> float:
    return (width[spot] + GAP) / 2 if isinstance(spot, str) else GAP_OF_A_LINE


def _mean(values: Iterable[float], otherwise: float) -> float:
    there = list(values)
    return sum(there) / len(there) if there else otherwise
