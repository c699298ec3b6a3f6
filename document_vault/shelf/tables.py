"""The tables of the vault: what is kept, under which agreement, who used it, and the trail nobody rewrites unseen.

No row holds a name, an ID number or a document: holders are random numbers found by a keyed blind index, certificate
numbers are sealed, contents lie in objects. Instants are milliseconds of Unix time, the same on both databases.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_KEPT = text("state IN ('live', 'damaged')")


class Row(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Station(Row):
    """The end of each station's audit chain. Taking this row is taking the turn to write."""

    __tablename__ = "vault_station"
    station: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Person(Row):
    __tablename__ = "vault_person"
    holder: Mapped[str] = mapped_column(String(32), primary_key=True)
    blind_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)  # gone when forgotten
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)  # destroying it destroys every document of the person
    generation: Mapped[int] = mapped_column(Integer)  # of the wrapping key
    copied: Mapped[bool] = mapped_column(default=False)  # the key file beside the objects is written
    made: Mapped[int] = mapped_column(BigInteger)
    shredded: Mapped[int | None] = mapped_column(BigInteger)


class Document(Row):
    __tablename__ = "vault_document"
    document: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(ForeignKey(Person.holder))
    kind: Mapped[str] = mapped_column(String(64))
    content_id: Mapped[bytes] = mapped_column(LargeBinary(32))
    state: Mapped[str] = mapped_column(String(12))  # intent > live > damaged | shredded
    media_type: Mapped[str] = mapped_column(String(127))
    pages: Mapped[int] = mapped_column(Integer)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    issued: Mapped[date | None] = mapped_column(Date)
    expires: Mapped[date | None] = mapped_column(Date)
    origin: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        Index("ix_vault_document_holder", "holder", "kind", "state"),
        # The same bytes of the same person as the same kind are one document, whoever is faster.
        Index(
            "uq_vault_document_content",
            "holder",
            "kind",
            "content_id",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )


class StoredObject(Row):
    __tablename__ = "vault_object"
    object_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey(Document.document), index=True)
    state: Mapped[str] = mapped_column(String(12))  # intent > live > quarantined | gone
    size: Mapped[int] = mapped_column(BigInteger)  # of the sealed object
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # its trailer: another version of it does not fit
    suite: Mapped[int] = mapped_column(Integer)
    station: Mapped[str] = mapped_column(String(64))
    session: Mapped[str] = mapped_column(String(32), index=True)  # which running program wrote the intent
    made: Mapped[int] = mapped_column(BigInteger)
    checked: Mapped[int | None] = mapped_column(BigInteger)


class Consent(Row):
    __tablename__ = "vault_consent"
    consent: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(ForeignKey(Person.holder), index=True)
    documents: Mapped[str] = mapped_column(Text)  # JSON list
    purposes: Mapped[str] = mapped_column(Text)  # JSON list of item codes
    given: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int] = mapped_column(BigInteger)
    evidence: Mapped[str] = mapped_column(String(255))
    actor: Mapped[str] = mapped_column(String(64))
    withdrawn: Mapped[int | None] = mapped_column(BigInteger)


class UseRow(Row):
    __tablename__ = "vault_use"
    use: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    holder: Mapped[str] = mapped_column(ForeignKey(Person.holder), index=True)
    document: Mapped[str] = mapped_column(ForeignKey(Document.document), index=True)
    kind: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[str] = mapped_column(String(12))  # put | lend | read_own
    decision: Mapped[str] = mapped_column(String(8))  # done | refused
    reason: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(128))
    case_number: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(64))
    consent: Mapped[str] = mapped_column(String(32))


class AuditRow(Row):
    __tablename__ = "vault_audit"
    station: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entry: Mapped[str] = mapped_column(Text)  # canonical JSON: exactly what was hashed
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # SHA-256(previous hash | entry)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))  # HMAC over the hash: rewriting the tail needs the keyset


METADATA = Row.metadata
