"""What is random, the same each time: vectors are written anew without becoming others."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch


@contextmanager
def counted() -> Iterator[None]:
    """Let `secrets` count, in numbers that look random; what Arrow and age draw for themselves is out of reach."""
    numbers = count()

    def token_bytes(size):
        drawn = b""
        while len(drawn) < size:
            drawn += hashlib.sha256(f"vector {next(numbers)}".encode()).digest()
        return drawn[:size]

    def choice(signs):
        return signs[int.from_bytes(token_bytes(8)) % len(signs)]

    with patch.multiple("secrets", token_bytes=token_bytes, choice=choice):
        yield
