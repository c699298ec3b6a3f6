"""One writer's turn at the shelf: rows and audit entries of one act, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from document_vault.shelf.tables import Consent, Document, Person, StoredObject, UseRow

KEPT_STATES = ("live", "damaged")


@dataclass(frozen=True)
class PersonRow:
    holder: str
    key_id: bytes
    sealed_key: bytes | None = field(repr=False)
    generation: int
    shredded: int | None


@dataclass(frozen=True)
class DocumentRow:
    document: str
    holder: str
    kind: str
    content_id: bytes
    state: str
    media_type: str
    pages: int
    number_sealed: bytes | None = field(repr=False)
    issued: date | None
    expires: date | None
    origin: str
    case_number: str
    actor: str
    kept_at: int


@dataclass(frozen=True)
class ObjectRow:
    object_id: str
    document: str
    state: str
    size: int
    hash: bytes
    suite: int
    station: str
    session: str


@dataclass(frozen=True)
class ConsentRow:
    consent: str
    holder: str
    documents: frozenset[str]
    purposes: frozenset[str]
    given: int
    until: int
    withdrawn: int | None


def _plain(row: Any) -> dict[str, Any]:
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row._mapping.items()}


_PERSON = select(Person.holder, Person.key_id, Person.sealed_key, Person.generation, Person.shredded)
_DOCUMENT = select(*(getattr(Document, name) for name in DocumentRow.__dataclass_fields__))
_OBJECT = select(*(getattr(StoredObject, name) for name in ObjectRow.__dataclass_fields__))
_CONSENT = select(
    Consent.consent,
    Consent.holder,
    Consent.documents,
    Consent.purposes,
    Consent.given,
    Consent.until,
    Consent.withdrawn,
)


class Turn:
    """Reads and writes inside one transaction. ``note`` collects audit entries; the shelf writes them at the end."""

    def __init__(self, connection: Connection, now: int) -> None:
        self.connection = connection
        self.now = now
        self.entries: list[Mapping[str, str | int]] = []

    def note(self, act: str, actor: str, **what: str | int) -> None:
        self.entries.append({"act": act, "actor": actor, "at": self.now, **what})

    # people
    def person(self, holder: str) -> PersonRow | None:
        found = self.connection.execute(_PERSON.where(Person.holder == holder)).first()
        return PersonRow(**_plain(found)) if found else None

    def person_by_index(self, blind_index: bytes) -> PersonRow | None:
        found = self.connection.execute(_PERSON.where(Person.blind_index == blind_index)).first()
        return PersonRow(**_plain(found)) if found else None

    def person_by_key(self, key_id: bytes) -> PersonRow | None:
        found = self.connection.execute(_PERSON.where(Person.key_id == key_id)).first()
        return PersonRow(**_plain(found)) if found else None

    def people(self, *, uncopied: bool = False, not_generation: int | None = None) -> list[PersonRow]:
        wanted = _PERSON.where(Person.shredded.is_(None))
        if uncopied:
            wanted = wanted.where(Person.copied.is_(False))
        if not_generation is not None:
            wanted = wanted.where(Person.generation != not_generation)
        return [PersonRow(**_plain(row)) for row in self.connection.execute(wanted.order_by(Person.holder))]

    def add_person(self, holder: str, blind_index: bytes, key_id: bytes, sealed_key: bytes, generation: int) -> None:
        self.connection.execute(
            insert(Person).values(
                holder=holder,
                blind_index=blind_index,
                key_id=key_id,
                sealed_key=sealed_key,
                generation=generation,
                copied=False,
                made=self.now,
            )
        )

    def set_person(self, holder: str, **values: Any) -> None:
        self.connection.execute(update(Person).where(Person.holder == holder).values(**values))

    # documents
    def document(self, document: str) -> DocumentRow | None:
        found = self.connection.execute(_DOCUMENT.where(Document.document == document)).first()
        return DocumentRow(**_plain(found)) if found else None

    def same_content(self, holder: str, kind: str, content_id: bytes) -> DocumentRow | None:
        found = self.connection.execute(
            _DOCUMENT.where(
                Document.holder == holder,
                Document.kind == kind,
                Document.content_id == content_id,
                Document.state.in_(KEPT_STATES),
            )
        ).first()
        return DocumentRow(**_plain(found)) if found else None

    def documents(self, holder: str, kinds: Sequence[str] | None = None) -> list[DocumentRow]:
        wanted = _DOCUMENT.where(Document.holder == holder, Document.state.in_(KEPT_STATES))
        if kinds is not None:
            wanted = wanted.where(Document.kind.in_(kinds))
        newest_first = wanted.order_by(Document.kept_at.desc(), Document.document)
        return [DocumentRow(**_plain(row)) for row in self.connection.execute(newest_first)]

    def add_document(self, row: DocumentRow) -> None:
        self.connection.execute(insert(Document).values(**vars(row)))

    def set_document(self, document: str, **values: Any) -> None:
        self.connection.execute(update(Document).where(Document.document == document).values(**values))

    # objects
    def object_of(self, document: str) -> ObjectRow | None:
        wanted = _OBJECT.where(StoredObject.document == document, StoredObject.state == "live")
        found = self.connection.execute(wanted).first()
        return ObjectRow(**_plain(found)) if found else None

    def objects(self, *states: str, document: str | None = None) -> list[ObjectRow]:
        wanted = _OBJECT.where(StoredObject.state.in_(states))
        if document is not None:
            wanted = wanted.where(StoredObject.document == document)
        return [ObjectRow(**_plain(row)) for row in self.connection.execute(wanted.order_by(StoredObject.object_id))]

    def add_object(self, row: ObjectRow) -> None:
        self.connection.execute(insert(StoredObject).values(**vars(row), made=self.now))

    def set_object(self, object_id: str, **values: Any) -> None:
        self.connection.execute(update(StoredObject).where(StoredObject.object_id == object_id).values(**values))

    def drop_intent(self, object_id: str, document: str) -> None:
        """An intent that came to nothing leaves nothing; a document that is more than an intent stays."""
        self.connection.execute(delete(StoredObject).where(StoredObject.object_id == object_id))
        self.connection.execute(delete(Document).where(Document.document == document, Document.state == "intent"))

    # consents and uses
    def consent(self, consent: str) -> ConsentRow | None:
        """Held for the transaction, so that a withdrawal waits for us or we see it."""
        wanted = _CONSENT.where(Consent.consent == consent).with_for_update(read=True)
        found = self.connection.execute(wanted).first()
        if found is None:
            return None
        row = _plain(found)
        row["documents"] = frozenset(json.loads(row["documents"]))
        row["purposes"] = frozenset(json.loads(row["purposes"]))
        return ConsentRow(**row)

    def add_consent(self, row: ConsentRow, evidence: str, actor: str) -> None:
        self.connection.execute(
            insert(Consent).values(
                consent=row.consent,
                holder=row.holder,
                documents=json.dumps(sorted(row.documents)),
                purposes=json.dumps(sorted(row.purposes)),
                given=row.given,
                until=row.until,
                evidence=evidence,
                actor=actor,
            )
        )

    def withdraw(self, consent: str) -> bool:
        """False if it was withdrawn before: the first withdrawal is the one that counts."""
        wanted = update(Consent).where(Consent.consent == consent, Consent.withdrawn.is_(None))
        return self.connection.execute(wanted.values(withdrawn=self.now)).rowcount == 1

    def withdraw_all(self, holder: str) -> None:
        wanted = update(Consent).where(Consent.holder == holder, Consent.withdrawn.is_(None))
        self.connection.execute(wanted.values(withdrawn=self.now))

    def add_use(
        self,
        kept: DocumentRow,
        act: str,
        *,
        actor: str,
        case: str,
        purpose: str = "",
        consent: str = "",
        reason: str = "",
    ) -> None:
        self.connection.execute(
            insert(UseRow).values(
                holder=kept.holder,
                document=kept.document,
                kind=kept.kind,
                at=self.now,
                act=act,
                decision="refused" if reason else "done",
                reason=reason,
                purpose=purpose,
                case_number=case,
                actor=actor,
                consent=consent,
            )
        )

    def was_put_by(self, document: str, case: str) -> bool:
        wanted = select(UseRow.use).where(
            UseRow.document == document, UseRow.act == "put", UseRow.case_number == case, UseRow.decision == "done"
        )
        return self.connection.execute(wanted.limit(1)).first() is not None

    def uses(self, holder: str) -> list[dict[str, Any]]:
        wanted = select(UseRow).where(UseRow.holder == holder).order_by(UseRow.use)
        rows = self.connection.execute(wanted.with_only_columns(*UseRow.__table__.c))
        return [dict(row._mapping) for row in rows]

    def documents_without_object(self) -> list[str]:
        """Kept documents to which no live object belongs: none, unless rows were lost."""
        has_one = select(StoredObject.document).where(StoredObject.state == "live")
        wanted = select(Document.document).where(Document.state == "live", Document.document.not_in(has_one))
        return list(self.connection.execute(wanted).scalars())
