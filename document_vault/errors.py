"""What the vault says when it cannot: one family, each with a code whose three sentences live in the texts.

An exception carries the code and harmless values only. It never carries a name, an ID number, a file's content or a key
(law I9), so it may be logged as it is. ``vault.<code>.happened|done|next`` are the sentences a person reads.
"""

from __future__ import annotations


class VaultTrouble(Exception):
    """Something the vault could not do. ``code`` names the sentences ("vault.tampered"), ``detail`` fills their blanks.

    ``reason`` is the code without the room's name, for comparing.
    """

    def __init__(self, reason: str, **detail: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail

    @property
    def code(self) -> str:
        return f"vault.{self.reason}"

    def __str__(self) -> str:
        blanks = ", ".join(f"{name}={value}" for name, value in self.detail.items())
        return f"{self.code} ({blanks})" if blanks else self.code


class Tampered(VaultTrouble):
    """A sealed thing does not open as what it claims to be: changed, cut, swapped, or sealed by another key."""


class Locked(VaultTrouble):
    """The keys are not to be had: wrong passphrase, missing key file, damaged or missing keyset file."""


class NoConsent(VaultTrouble):
    """The holder's agreement does not cover this use. The refusal is already in the audit trail."""


class NotUsable(VaultTrouble):
    """The document itself cannot serve: expired, not yet valid, damaged, or the original must be shown."""


class Gone(VaultTrouble):
    """No such document, consent or holder (any more)."""


class DiskFull(VaultTrouble):
    """No room. What was acknowledged before is untouched; this document was not kept."""


class StorageFailed(VaultTrouble):
    """The disk or the record database failed. Writing stops until the vault has been recovered."""


class UnknownKind(VaultTrouble):
    """The kind of material is not in the dictionary."""


class BadWish(VaultTrouble):
    """The caller asked for something that makes no sense: an empty document, a date in the past, no purpose."""
