"""The table of the tutorial: made by its owner, as tables are."""

from benches.load import superuser
from config.servers import APP

TABLE = f"""
CREATE TABLE IF NOT EXISTS bench_message (
  id bigserial PRIMARY KEY, room text NOT NULL, client_id uuid NOT NULL,
  body text NOT NULL, made_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS bench_message_room ON bench_message (room, id);
GRANT SELECT, INSERT ON bench_message TO {APP};
GRANT USAGE ON bench_message_id_seq TO {APP};
"""


def make() -> None:
    with superuser() as database:
        database.execute(TABLE)
