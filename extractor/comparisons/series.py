"""Three or more years of one body: each figure as a series."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.comparison import Comparison, Pair, Series, Trend


def trend(comparisons: Sequence[Comparison]) -> Trend:
    """The series of figures that the comparisons of neighbouring years make.

    Parameters: ``comparisons`` oldest first, each starting with the report the one before ended with.
    Series are chained by the aligned figures; a proposal (ambiguous pair) does not join two years.
    """
    years = len(comparisons) + 1
    chains: list[list[tuple[str, Pair] | None]] = []
    ends: dict[str, int] = {}
    for number, comparison in enumerate(comparisons):
        joined: dict[str, int] = {}
        for pair in comparison.pairs:
            if pair.last is None or pair.ambiguous:
                continue
            chain = ends.get(pair.last)
            if chain is None:
                chains.append([None] * years)
                chain = len(chains) - 1
                chains[chain][number] = (pair.last, pair)
            if pair.this is not None:
                chains[chain][number + 1] = (pair.this, pair)
                joined[pair.this] = chain
        for pair in comparison.pairs:
            if pair.this is not None and pair.this not in joined:
                chains.append([None] * years)
                chains[-1][number + 1] = (pair.this, pair)
                joined[pair.this] = len(chains) - 1
        ends = joined
    found = [_series(chain, comparisons) for chain in chains]
    return Trend(
        schema_version=comparisons[-1].schema_version,
        generator=comparisons[-1].generator,
        years=(comparisons[0].last.report.year, *(c.this.report.year for c in comparisons)),
        series=tuple(sorted(found, key=lambda s: -sum(v is not None for v in s.values))),
        comparisons=tuple(comparisons),
    )


def _series(chain: list[tuple[str, Pair] | None], comparisons: Sequence[Comparison]) -> Series:
    pairs = [step[1] for step in chain if step is not None]
    latest = pairs[-1]
    sides = [comparisons[0].last, *(c.this for c in comparisons)]
    values = [side.facts[step[0]].value if step is not None else None for side, step in zip(sides, chain, strict=True)]
    return Series(
        indicator=next((p.indicator for p in reversed(pairs) if p.indicator), None),
        measure=latest.measure,
        unit=latest.unit,
        values=tuple(values),
        facts=tuple(step[0] if step is not None else None for step in chain),
    )
