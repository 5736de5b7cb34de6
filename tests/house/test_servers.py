import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config import servers
from config.servers import APP, OWNER, ROOT, SUPERUSER, Place

LATER = """
import sys, time
from pathlib import Path
from config import servers
servers.use(servers.Place(Path(sys.argv[1])), "--careless")
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / ("a directory with a name that is rather long " * 3))
    yield place
    servers.release(place)


def another_user(place: Place) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", LATER, str(place.directory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def postmaster(place: Place) -> psutil.Process:
    return psutil.Process(
        int((place.database / "postmaster.pid").read_text().split()[0])
    )


def said(place: Place) -> str:
    """The sentence with which a start gives up."""
    with pytest.raises(SystemExit) as refusal:
        servers.use(place, "--careless")
    return str(refusal.value)


def test_the_owner_makes_tables_and_the_application_fills_them(place: Place) -> None:
    servers.use(place, "--careless")

    with psycopg.connect(place.database_url(OWNER)) as owner:
        owner.execute("CREATE TABLE pigeonhole (id serial, note text)")
    with psycopg.connect(place.database_url(APP)) as app:
        app.execute("INSERT INTO pigeonhole (note) VALUES ('kept')")
        kept = app.execute("SELECT note FROM pigeonhole").fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE pigeonhole")

    assert kept == ("kept",)


def test_the_last_user_stops_the_servers(place: Place) -> None:
    servers.use(place, "--careless")
    other = another_user(place)

    servers.release(place)
    assert servers.answering(place)

    other.communicate("", timeout=60)
    servers.use(place, "--careless")  # waits for the end, and begins again
    assert servers.answering(place)
    servers.release(place)
    assert not servers.answering(place)
    assert not place.sockets.exists()


def test_a_killed_user_counts_no_more(place: Place) -> None:
    user = another_user(place)
    postgres = postmaster(place)

    user.kill()
    user.wait()

    assert psutil.wait_procs([postgres], timeout=60)[1] == []


def test_a_keeper_that_was_killed_leaves_data_to_begin_from(place: Place) -> None:
    user = another_user(place)
    keeper = postmaster(place).parent()
    assert keeper
    keeper.kill()
    user.kill()
    user.wait()
    psutil.wait_procs([keeper], timeout=60)

    servers.use(place, "--careless")

    assert servers.answering(place)


def test_half_made_data_is_made_anew(place: Place) -> None:
    half_made = place.directory / "postgres.making"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")

    servers.use(place, "--careless")

    assert servers.answering(place)
    assert not half_made.exists()


def test_a_pid_left_behind_is_forgotten(place: Place) -> None:
    servers.use(place, "--careless")
    servers.release(place)
    stale = place.database / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{place.database}\n")

    servers.use(place, "--careless")

    assert servers.answering(place)


def test_data_of_another_version_is_refused_in_a_sentence(place: Place) -> None:
    place.database.mkdir(parents=True)
    (place.database / "PG_VERSION").write_text("17\n")

    assert "was made by PostgreSQL 17" in said(place)


def test_sockets_of_somebody_else_are_refused_before_anybody_connects(
    place: Place,
) -> None:
    place.sockets.mkdir()
    place.sockets.chmod(0o777)
    with socket.socket(socket.AF_UNIX) as theirs:
        theirs.bind(str(place.sockets / ".s.PGSQL.5432"))
        theirs.listen()
        theirs.settimeout(0)
        try:
            assert "was made by somebody else" in said(place)
            with pytest.raises(BlockingIOError):
                theirs.accept()
        finally:
            shutil.rmtree(place.sockets)


def test_a_link_in_place_of_the_sockets_is_refused_and_not_followed(
    place: Place, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    before = elsewhere.stat()
    place.sockets.symlink_to(elsewhere)
    try:
        assert "was made by somebody else" in said(place)
    finally:
        place.sockets.unlink()

    assert elsewhere.stat() == before


def test_sockets_stand_beside_the_data_where_the_path_is_short() -> None:
    beside = Place(Path("/srv/consilium/.local"))
    too_long = Place(Path("/srv") / ("d" * 90))
    with_signs = Place(Path("/srv/one & two?"))

    assert beside.sockets.parent == beside.directory
    assert too_long.sockets.parent != too_long.directory
    assert with_signs.sockets.parent != with_signs.directory


def test_only_we_ourselves_may_enter_the_database(place: Place) -> None:
    servers.use(place, "--careless")

    with psycopg.connect(place.database_url(SUPERUSER)) as superuser:
        ways = superuser.execute(
            "SELECT type, auth_method, options FROM pg_hba_file_rules"
        ).fetchall()
        names = superuser.execute(
            "SELECT map_name, sys_name, error FROM pg_ident_file_mappings"
        ).fetchall()

    assert ways == [("local", "peer", ["map=ourselves"])]
    assert names == [("ourselves", pwd.getpwuid(os.getuid()).pw_name, None)]


def test_a_socket_fits_however_long_the_path_is() -> None:
    for length in range(1, 300):
        deep = Place(Path("/" + "d" * length))

        assert len(str(deep.sockets / ".s.PGSQL.5432")) <= 107
