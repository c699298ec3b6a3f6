"""What became of a filed case stands in the day book; when a department was last asked about it, in the journal."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_COLUMNS = (("status", 12), ("status_words", 120), ("status_at", 40))


def upgrade() -> None:
    op.create_table(
        "bridge_asked",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_bridge_asked_department"), "bridge_asked", ["department"], unique=False)
    for name, length in _COLUMNS:
        op.add_column("record_case", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    _filled_from_the_ledger(op.get_bind())


def _filled_from_the_ledger(db: sa.Connection) -> None:
    """What earlier versions learnt and only wrote into the ledger; the facts are not private, so they lie open."""
    entry = sa.table("record_entry", *map(sa.column, ("visit", "seq", "kind", "body")))
    case = sa.table("record_case", *map(sa.column, ("number", "state", *(name for name, _ in _COLUMNS))))
    learnt = sa.select(entry.c.body).where(entry.c.kind == "StatusLearnt").order_by(entry.c.visit, entry.c.seq)
    for (body,) in db.execute(learnt).all():
        fact = json.loads(body)
        told = {"status": fact["state"], "status_words": fact["words"][:120], "status_at": fact["at"]}
        db.execute(sa.update(case).where(case.c.number == fact["case"], case.c.state == "filed").values(**told))
