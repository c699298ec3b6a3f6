"""EDV1, the sealed form of one document (docs/vault.md), and the small seals of keys and values.

The only room of the vault besides the keepers that knows cryptography.
"""

from document_vault.envelope.header import FRAME, LONGEST_CONTENT, Header, read_header
from document_vault.envelope.sealing import Opened, PersonKey, check_hash, open_into, seal_into, trailer_of
from document_vault.envelope.small import (
    blind,
    content_id,
    expand,
    fresh_key,
    open_small,
    plain_hash,
    same,
    seal_small,
    unwrap,
    wrap,
)

__all__ = [
    "FRAME",
    "LONGEST_CONTENT",
    "Header",
    "Opened",
    "PersonKey",
    "blind",
    "check_hash",
    "content_id",
    "expand",
    "fresh_key",
    "open_into",
    "open_small",
    "plain_hash",
    "read_header",
    "same",
    "seal_into",
    "seal_small",
    "trailer_of",
    "unwrap",
    "wrap",
]
