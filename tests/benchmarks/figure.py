"""One promise and what came out when it was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`name`: what was measured; `target`: the promise as a person reads it ("≥ 40×"); `holds`: whether it was kept."""

    name: str
    value: float
    target: str
    holds: bool
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value:.4g}{self.unit}"
