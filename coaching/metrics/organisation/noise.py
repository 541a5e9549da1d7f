"""The noise that hides a single promise in a total, each home adding its part, and how far it may carry a number off.

Two-sided geometric noise, P(k) ∝ exp(-ε·|k|), is the difference of two geometric numbers, and a geometric number is the
sum of n negative binomial ones of shape 1/n (Pólya). So every home adds a small part, and nobody knows it all.
"""

import math
from functools import cache
from random import Random
from typing import Final

import numpy as np

#: How often a total lies within the error that is said beside it.
CONFIDENCE: Final = 0.99
_ROUNDING: Final = 1e-12
_DEVIATIONS: Final = 60


def polya_noise(epsilon: float, shape: float, rng: Random) -> int:
    """Return one part of the noise.

    Parameters
    ----------
    epsilon
        What is spent of privacy in one number; the smaller, the more noise.
    shape
        Which part of the whole noise: 1/n of n parts.
    rng
        `random.SystemRandom`, where it is to protect anybody.

    Examples
    --------
    >>> abs(polya_noise(1.0, 1.0, Random(1))) < 20
    True
    """
    return _negative_binomial(epsilon, shape, rng) - _negative_binomial(epsilon, shape, rng)


@cache
def error(epsilon: float, shape: float, confidence: float = CONFIDENCE) -> int:
    """Return the distance within which noise of a total shape lies, with `confidence`.

    Parameters
    ----------
    epsilon
        As in `polya_noise`.
    shape
        The shapes of all parts together: 1 for the least that is promised, more if more homes took part.
    confidence
        How often.

    Examples
    --------
    >>> error(1.0, 1.0), error(1.0, 1.0, 0.95), error(0.5, 1.0)
    (4, 3, 9)
    """
    ratio = math.exp(-epsilon)
    deviation = math.sqrt(2 * shape * ratio) / (1 - ratio)
    size = 2 ** math.ceil(math.log2(64 + _DEVIATIONS * deviation))
    # The chances of all values at once, from the characteristic function of the difference.
    angles = 2 * np.pi * np.arange(size) / size
    transformed = ((1 - ratio) ** 2 / (1 - 2 * ratio * np.cos(angles) + ratio**2)) ** shape
    chances = np.fft.ifft(transformed).real
    within = np.cumsum(np.concatenate(([chances[0]], 2 * chances[1 : size // 2])))
    return int(np.argmax(within >= confidence - _ROUNDING))


def _negative_binomial(epsilon: float, shape: float, rng: Random) -> int:
    """Return a Poisson number whose mean is drawn from a gamma distribution."""
    ratio = math.exp(-epsilon)
    mean = rng.gammavariate(shape, ratio / (1 - ratio)) if ratio else 0.0
    number, reached = 0, rng.expovariate(1.0)
    while reached < mean:
        number += 1
        reached += rng.expovariate(1.0)
    return number
