"""The desktop's own keyring, for those who ask for it: it keeps passphrases for whoever is logged in."""

from typing import Any

from coaching.errors import CoachingError

#: What the keyring calls what it keeps.
SERVICE = "coaching workbook"

#: Keyrings that lock up what they keep. Others, those of ``keyrings.alt`` for one, write it down for anybody to read.
_TRUSTED = tuple(f"keyring.backends.{name}" for name in ("macOS", "Windows", "SecretService", "libsecret", "kwallet"))


def remember(workbook: str, passphrase: str) -> None:
    """Keep the passphrase of a workbook.

    Raises
    ------
    CoachingError
        If there is no keyring, or none that keeps secrets.
    """
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, workbook, passphrase)
    except Exception as error:  # noqa: BLE001 - every desktop has errors of its own
        raise CoachingError(
            "The desktop keyring refused ({kind}); nothing was changed.", kind=type(error).__name__
        ) from None


def recall(workbook: str) -> str | None:
    """Return the passphrase of a workbook, if there is a keyring that keeps it and gives it."""
    try:
        secret = _keyring().get_password(SERVICE, workbook)
    except Exception:  # noqa: BLE001 - whatever a desktop answers, the person can still be asked
        return None
    return None if secret is None else str(secret)


def forget(workbook: str) -> None:
    """Remove the passphrase of a workbook, if it is kept.

    Raises
    ------
    CoachingError
        If there is no keyring, or none that keeps secrets.
    """
    keyring = _keyring()
    try:
        keyring.delete_password(SERVICE, workbook)
    except Exception as error:  # noqa: BLE001 - one that kept nothing refuses too
        if recall(workbook) is not None:
            raise CoachingError(
                "The desktop keyring refused ({kind}); it keeps it still.", kind=type(error).__name__
            ) from None


def _keyring() -> Any:
    try:
        import keyring  # noqa: PLC0415 - an extra that most people do without
    except ImportError:
        raise CoachingError("The desktop keyring needs one more package: pip install keyring.") from None
    try:
        active = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - whatever a wrong setting of it leads to
        raise CoachingError(
            "The desktop keyring cannot be used ({kind}); nothing was changed.", kind=type(error).__name__
        ) from None
    for backend in getattr(active, "backends", [active]):  # a chain of several
        if type(backend).__module__.startswith(_TRUSTED):
            return backend
    raise CoachingError(
        "This desktop has no keyring that keeps secrets: the passphrase would be written down for anybody to read; "
        "nothing was changed."
    )
