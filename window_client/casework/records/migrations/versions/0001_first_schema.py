"""The first schema: records, filing journal, vault shelf, press register.

Written out, not derived: what the rooms' tables become later must not change what this step once made.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _records()
    _bridges_journal()
    _document_vault_shelf()
    _printing_register()


def _records() -> None:
    op.create_table(
        "record_counter",
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("window", "day", name=op.f("pk_record_counter")),
    )
    op.create_table(
        "record_entry",
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("visit", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("station", "position", name=op.f("pk_record_entry")),
        sa.UniqueConstraint("visit", "seq", name=op.f("uq_record_entry_visit_seq")),
    )
    op.create_table(
        "record_head",
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_record_head")),
    )
    op.create_table(
        "record_visit",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("person_words", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record_visit")),
    )
    op.create_index(
        op.f("ix_record_visit_closed_at_opened_at"), "record_visit", ["closed_at", "opened_at"], unique=False
    )
    op.create_index(op.f("ix_record_visit_holder"), "record_visit", ["holder"], unique=False)
    op.create_table(
        "record_case",
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("visit", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("accepted_number", sa.String(length=120), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["record_visit.number"], name=op.f("fk_record_case_visit")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record_case")),
    )
    op.create_index(op.f("ix_record_case_day_number"), "record_case", ["day", "number"], unique=False)
    op.create_index(op.f("ix_record_case_state_day"), "record_case", ["state", "day"], unique=False)
    op.create_index(op.f("ix_record_case_visit"), "record_case", ["visit"], unique=False)


def _bridges_journal() -> None:
    op.create_table(
        "bridge_run",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("lease", sa.Float(precision=53), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("began", sa.Float(precision=53), nullable=False),
        sa.Column("intended", sa.Float(precision=53), nullable=True),
        sa.Column("ended", sa.Float(precision=53), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("department", "number", name="uq_bridge_run_department_number"),
    )
    op.create_table(
        "bridge_step",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("key", "fence", "n"),
    )


def _document_vault_shelf() -> None:
    op.create_table(
        "vault_audit",
        sa.Column("station", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("station", "seq", name=op.f("pk_vault_audit")),
    )
    op.create_table(
        "vault_person",
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("blind_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("shredded", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_vault_person")),
        sa.UniqueConstraint("blind_index", name=op.f("uq_vault_person_blind_index")),
        sa.UniqueConstraint("key_id", name=op.f("uq_vault_person_key_id")),
    )
    op.create_table(
        "vault_station",
        sa.Column("station", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_vault_station")),
    )
    op.create_table(
        "vault_consent",
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=255), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["holder"], ["vault_person.holder"], name=op.f("fk_vault_consent_holder")),
        sa.PrimaryKeyConstraint("consent", name=op.f("pk_vault_consent")),
    )
    op.create_index(op.f("ix_vault_consent_holder"), "vault_consent", ["holder"], unique=False)
    op.create_table(
        "vault_document",
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("content_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("media_type", sa.String(length=127), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["vault_person.holder"], name=op.f("fk_vault_document_holder")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_vault_document")),
    )
    op.create_index("ix_vault_document_holder", "vault_document", ["holder", "kind", "state"], unique=False)
    op.create_index(
        "uq_vault_document_content",
        "vault_document",
        ["holder", "kind", "content_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('live', 'damaged')"),
        postgresql_where=sa.text("state IN ('live', 'damaged')"),
    )
    op.create_table(
        "vault_object",
        sa.Column("object_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("suite", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=64), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("checked", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["vault_document.document"], name=op.f("fk_vault_object_document")),
        sa.PrimaryKeyConstraint("object_id", name=op.f("pk_vault_object")),
    )
    op.create_index(op.f("ix_vault_object_document"), "vault_object", ["document"], unique=False)
    op.create_index(op.f("ix_vault_object_session"), "vault_object", ["session"], unique=False)
    op.create_table(
        "vault_use",
        sa.Column("use", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=128), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["vault_document.document"], name=op.f("fk_vault_use_document")),
        sa.ForeignKeyConstraint(["holder"], ["vault_person.holder"], name=op.f("fk_vault_use_holder")),
        sa.PrimaryKeyConstraint("use", name=op.f("pk_vault_use")),
    )
    op.create_index(op.f("ix_vault_use_document"), "vault_use", ["document"], unique=False)
    op.create_index(op.f("ix_vault_use_holder"), "vault_use", ["holder"], unique=False)


def _printing_register() -> None:
    op.create_table(
        "press_print",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("printer", sa.String(length=128), nullable=False),
        sa.Column("paper_key", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("job", sa.String(length=256), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("paper_key"),
    )
    op.create_index("press_print_number", "press_print", ["number", "copy"], unique=False)
    op.create_index("press_print_state", "press_print", ["state"], unique=False)
    op.create_table(
        "press_voucher",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("contents", sa.String(length=64), nullable=False),
        sa.Column("identity", sa.String(length=24), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("qr_text", sa.String(length=4096), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("receipt_png", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", "copy"),
    )
