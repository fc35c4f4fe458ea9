"""What a measurement gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """Ours against the bare least, both in milliseconds or in another unit."""

    name: str
    ours: float
    bare: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the bare least ours takes."""
        return self.ours / self.bare if self.bare else 0.0
