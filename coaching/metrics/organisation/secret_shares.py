"""Numbers split into two random shares, each of which says nothing: additive secret sharing modulo 2⁶⁴."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Final

MODULUS: Final = 2**64


def split(numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return two lists that add up to the numbers modulo 2⁶⁴; each alone is uniformly random.

    Examples
    --------
    >>> joined(*split([3, -2, 0]))
    [3, -2, 0]
    """
    first = [secrets.randbits(64) for _ in numbers]
    return first, [(number - mask) % MODULUS for number, mask in zip(numbers, first, strict=True)]


def joined(first: Iterable[int], second: Iterable[int]) -> list[int]:
    """Return what two lists of shares, or of sums of shares, stand for; the upper half of the numbers is negative."""
    sums = ((one + other) % MODULUS for one, other in zip(first, second, strict=True))
    return [number - MODULUS if number >= MODULUS // 2 else number for number in sums]


def added(vectors: Iterable[Sequence[int]]) -> list[int]:
    """Return the sums of vectors of shares, place by place.

    Examples
    --------
    >>> added([[1, MODULUS - 1], [2, 3]])
    [3, 2]
    """
    return [sum(column) % MODULUS for column in zip(*vectors, strict=True)]
