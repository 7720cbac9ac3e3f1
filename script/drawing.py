"""The map as SVG, which suits a light page and a dark one."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from layers import Layout, Spot, arranged, depths, reduced

HEIGHT, LAYER, MARGIN = 44, 84, 24
# Between two houses, with the name of the lower one in it.
BETWEEN = 46

STYLE = """
svg { --ink: #1f2328; --faint: #59636e; --line: #8c96a0; --room: #ffffff; --edge: #b7c0c9;
      --house: #f3f6f9; --page: #ffffff; --way: #0969da; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --faint: #9198a1; --line: #7d8590; --room: #21262d; --edge: #4d5560;
        --house: #161b22; --page: #0d1117; --way: #58a6ff; } }
.page { fill: var(--page) } .house { fill: var(--house) }
.room rect { fill: var(--room); stroke: var(--edge) }
.name { fill: var(--ink); font-size: 14px; font-weight: 600; text-anchor: middle }
.files { fill: var(--faint); font-size: 11px; text-anchor: middle }
.title { fill: var(--faint); font-size: 13px }
.arrow { fill: none; stroke: var(--line); stroke-width: 1.25; marker-end: url(#head) }
.http { stroke: var(--way); stroke-dasharray: 5 4 }
#head path { fill: var(--line) }
"""


@dataclass(frozen=True)
class Room:
    """A package: how it is called, how many files it has, and which rooms it uses."""

    name: str
    files: int
    uses: set[str]


@dataclass(frozen=True)
class House:
    """A module with its rooms, by their full names."""

    title: str
    rooms: dict[str, Room]


def svg(houses: list[House]) -> str:
    """Draw the houses one below the other."""
    return _Drawing(houses).text()


class _Drawing:
    def __init__(self, houses: list[House]) -> None:
        self.houses = houses
        self.rooms = {name: room for house in houses for name, room in house.rooms.items()}
        self.arrows = reduced({name: room.uses for name, room in self.rooms.items()})
        self.first: list[int] = []
        self.layer_of: dict[str, int] = {}
        self._give_layers()
        self.width = {name: 26 + 8.2 * len(room.name) for name, room in self.rooms.items()}
        self.layout: Layout = arranged(self.arrows, self.layer_of, self.width)
        left = min(x - self._half(spot) for spot, x in self.layout.middle.items())
        self.x = {spot: x - left + 2 * MARGIN for spot, x in self.layout.middle.items()}
        self.right = max(x + self._half(spot) for spot, x in self.x.items()) + 2 * MARGIN

    def _give_layers(self) -> None:
        """Put every room as low in its house as what it uses there allows."""
        for house in self.houses:
            self.first.append(max(self.layer_of.values(), default=-1) + 1)
            inside = {name: room.uses & house.rooms.keys() for name, room in house.rooms.items()}
            depth = depths(inside)
            lowest = self.first[-1] + max(depth.values())
            self.layer_of.update({name: lowest - depth[name] for name in house.rooms})

    def text(self) -> str:
        height = self._y(len(self.layout.layers) - 1) + HEIGHT + 2 * MARGIN
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.right:.0f} {height:.0f}"'
            f' width="{self.right:.0f}" height="{height:.0f}" role="img"'
            ' aria-label="The rooms of the code, and the arrows between them">',
            f"<style>{STYLE}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
            ' markerHeight="7" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker></defs>',
            f'<rect class="page" width="{self.right:.0f}" height="{height:.0f}"/>',
            *(self._house(number) for number in range(len(self.houses))),
            *(self._arrow(chain) for _, chain in sorted(self.layout.chains.items())),
            *(self._room(name) for name in sorted(self.rooms)),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _house(self, number: int) -> str:
        top = self._y(self.first[number]) - BETWEEN + 14
        last = (*self.first, len(self.layout.layers))[number + 1] - 1
        tall = self._y(last) + HEIGHT + MARGIN - 8 - top
        return (
            f'<rect class="house" x="{MARGIN / 2}" y="{top}" width="{self.right - MARGIN:.0f}"'
            f' height="{tall}" rx="10"/><text class="title" x="{MARGIN + 4}" y="{top + 20}">'
            f"{escape(self.houses[number].title)}</text>"
        )

    def _room(self, name: str) -> str:
        room, x, y = self.rooms[name], self.x[name], self._y(self.layer_of[name])
        uses = ", ".join(sorted(self.rooms[other].name for other in room.uses)) or "nothing"
        files = "1 file" if room.files == 1 else f"{room.files} files"
        return (
            f'<g class="room"><title>{escape(f"{room.name} uses {uses}")}</title>'
            f'<rect x="{x - self.width[name] / 2:.1f}" y="{y}" width="{self.width[name]:.1f}"'
            f' height="{HEIGHT}" rx="7"/><text class="name" x="{x:.1f}" y="{y + 19}">'
            f'{escape(room.name)}</text><text class="files" x="{x:.1f}" y="{y + 35}">{files}'
            "</text></g>"
        )

    def _arrow(self, chain: list[Spot]) -> str:
        """Draw a curve that leaves each layer straight down."""
        points = [self._out(chain[0], chain[1])]
        for spot in chain[1:-1]:
            y = self._y(spot[2])  # type: ignore[arg-type]
            points += [(self.x[spot], y), (self.x[spot], y + HEIGHT)]
        points.append(self._in(chain[-1], chain[-2]))
        path = f"M{points[0][0]:.1f} {points[0][1]}"
        for (x, y), (to_x, to_y) in zip(points[::2], points[1::2], strict=True):
            bend = (to_y - y) * 0.5
            path += f"C{x:.1f} {y + bend:.0f} {to_x:.1f} {to_y - bend:.0f} {to_x:.1f} {to_y}"
            if (to_x, to_y) != points[-1]:
                path += f"V{to_y + HEIGHT}"
        http = " http" if chain[0] == "shim" else ""
        return f'<path class="arrow{http}" d="{path}"/>'

    def _out(self, room: Spot, to: Spot) -> tuple[float, int]:
        there = [chain[1] for ends, chain in self.layout.chains.items() if ends[0] == room]
        return self._port(room, there, to), self._y(self.layer_of[str(room)]) + HEIGHT

    def _in(self, room: Spot, since: Spot) -> tuple[float, int]:
        there = [chain[-2] for ends, chain in self.layout.chains.items() if ends[1] == room]
        return self._port(room, there, since), self._y(self.layer_of[str(room)]) - 1

    def _port(self, room: Spot, others: list[Spot], other: Spot) -> float:
        """Share the edge of a room among its arrows, from left to right."""
        place = sorted(others, key=lambda spot: self.x[spot]).index(other)
        room_for = min(self.width[str(room)] - 20, 16 * (len(others) - 1))
        share = place / (len(others) - 1) - 0.5 if len(others) > 1 else 0
        return self.x[room] + share * room_for

    def _half(self, spot: Spot) -> float:
        return self.width[spot] / 2 if isinstance(spot, str) else 0

    def _y(self, layer: int) -> int:
        houses = sum(first <= layer for first in self.first)
        return MARGIN // 2 + layer * LAYER + houses * (BETWEEN - 12)
