"""One measured value with its samples and, where the project promises something, its target."""
from dataclasses import asdict, dataclass, field
from statistics import median


@dataclass
class Row:
    """`at_most` is the target for the median; without one the row is there to compare with."""
    what: str
    unit: str
    samples: list
    at_most: float | None = None
    below: bool = False             # the target itself is already a miss
    note: str = ""
    failure: str = ""               # why there are no samples
    group: str = field(default="")  # a heading inside the figure

    @property
    def median(self):
        return median(self.samples) if self.samples else None

    @property
    def met(self):
        """True, False, or None where nothing is promised."""
        if self.at_most is None:
            return None
        if not self.samples:
            return False
        return self.median < self.at_most if self.below else self.median <= self.at_most

    def to_json(self):
        return {**asdict(self), "median": self.median, "met": self.met}

    @staticmethod
    def from_json(values):
        return Row(**{key: value for key, value in values.items() if key not in ("median", "met")})
