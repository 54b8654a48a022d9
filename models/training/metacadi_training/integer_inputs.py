"""Deterministic inputs that TypeScript makes bit for bit the same, so that parity fixtures need hold no inputs.

Linear congruential generator on 32-bit unsigned integers (Numerical Recipes): s <- 1664525 s + 1013904223 mod 2^32.
A value is ((s >> 8) - 2^23) / 2^21, which lies in [-4, 4) and is exact in float32. State 0 starts at `seed`; values
fill `pair`, then `env`, then `glob`, each row-major.
"""

from __future__ import annotations

import numpy as np

MULTIPLIER, INCREMENT, MODULUS = 1664525, 1013904223, 2**32


def integer_values(seed: int, count: int) -> np.ndarray:
    """The first `count` values of the generator, float32."""
    values = np.empty(count, np.float32)
    state = seed
    for index in range(count):
        state = (MULTIPLIER * state + INCREMENT) % MODULUS
        values[index] = ((state >> 8) - 2**23) / 2**21
    return values


def integer_inputs(seed: int, batch: int, genes: int, experiments: int, features: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """pair [B,d,d,P], env [B,K,d,E], glob [B,K,G]."""
    shapes = [(batch, genes, genes, features[0]), (batch, experiments, genes, features[1]), (batch, experiments, features[2])]
    sizes = [int(np.prod(shape)) for shape in shapes]
    values = integer_values(seed, sum(sizes))
    parts = np.split(values, np.cumsum(sizes)[:-1])
    return tuple(part.reshape(shape) for part, shape in zip(parts, shapes))  # type: ignore[return-value]
