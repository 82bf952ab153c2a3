"""${message}

Revises: ${down_revision or "nothing"}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
% if down_revision is None:
from hall.db import guards
% endif

revision = ${repr(up_revision).replace("'", '"')}
down_revision = ${repr(down_revision).replace("'", '"')}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the tables of this revision."""
    ${upgrades if upgrades else "pass"}
% if down_revision is None:
    guards.install(op.get_bind())
% endif


def downgrade() -> None:
    """Back to the revision before."""
    ${downgrades if downgrades else "pass"}
