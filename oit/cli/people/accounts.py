"""`oit accounts`: who may log in to the web pages."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from core.errors import InputError
from core.models.account import Account, AuditEntry, Role
from core.storage.store import Store
from oit.cli import options as o

Name = Annotated[str, typer.Argument(help="The person's name, as decisions show it.")]
_LONGEST_NAME = 100
_BY = "oit accounts"


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    accounts = typer.Typer(name="accounts", help="Who may log in to the web pages.", no_args_is_help=True)
    accounts.command("add")(add)
    accounts.command("list")(list_accounts)
    accounts.command("disable")(disable)
    accounts.command("enable")(enable)
    accounts.command("password")(password)
    app.add_typer(accounts)


def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the account is for.")] = Role.SECRETARY,
    agency: Annotated[str, typer.Option(help="Id of the agency, for the role agency.")] = "",
    by_proxy: Annotated[
        bool, typer.Option("--by-proxy", help="Without a password: the reverse proxy names the account.")
    ] = False,
    data: o.Data = o.DEFAULT_DATA,
) -> None:
    """Make an account. The password is asked for, or read from standard input.

    Example: oit accounts add "สมศรี ใจดี" --role secretary
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InputError(f"a name has 1 to {_LONGEST_NAME} printable letters")
    if (role is Role.AGENCY) != bool(agency):
        raise InputError("--agency names the agency of an account with --role agency, and of no other")
    hashed = "" if by_proxy else _ask()
    with _store(data) as store:
        if not store.accounts.add(name, role, hashed, datetime.now(UTC), agency):
            raise InputError(f"there is an account {name!r} already")
        _log(store, "account_added", name)
    typer.echo(f"{name}: {role.value}{f' of {agency}' if agency else ''}")


def list_accounts(data: o.Data = o.DEFAULT_DATA, as_json: o.Json = False) -> None:
    """All accounts."""
    with _store(data) as store:
        found = store.accounts.all()
    if as_json:
        typer.echo(json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        shut = f"  disabled {one.disabled:%Y-%m-%d}" if one.disabled else ""
        typer.echo(f"{one.name}  {one.role.value}{f' of {one.agency}' if one.agency else ''}{shut}")


def disable(name: Name, data: o.Data = o.DEFAULT_DATA) -> None:
    """Shut an account; who is logged in with it is logged out."""
    with _store(data) as store:
        if not store.accounts.disable(name, datetime.now(UTC)):
            raise InputError(f"there is no open account {name!r}")
        _log(store, "account_disabled", name)


def enable(name: Name, data: o.Data = o.DEFAULT_DATA) -> None:
    """Open an account again."""
    with _store(data) as store:
        if not store.accounts.enable(name):
            raise InputError(f"there is no account {name!r}")
        _log(store, "account_enabled", name)


def password(name: Name, data: o.Data = o.DEFAULT_DATA) -> None:
    """Give an account another password; who is logged in with it is logged out."""
    hashed = _ask()
    with _store(data) as store:
        if not store.accounts.set_password(name, hashed):
            raise InputError(f"there is no account {name!r}")
        _log(store, "password_changed", name)


def _ask() -> str:
    """The hash of a password from the terminal (twice) or the first line of standard input."""
    from oit.web.accounts import LEAST_LETTERS, hash_password

    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != given:
            raise InputError("the two passwords differ")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if len(given) < LEAST_LETTERS:
        raise InputError(f"a password has at least {LEAST_LETTERS} letters")
    return hash_password(given)


@contextmanager
def _store(data: o.Data) -> Iterator[Store]:
    store = Store(data)
    try:
        yield store
    finally:
        store.close()


def _log(store: Store, action: str, name: str) -> None:
    store.accounts.log(AuditEntry(datetime.now(UTC), _BY, action, name))


def _as_data(one: Account) -> dict[str, object]:
    return {
        "name": one.name,
        "role": one.role.value,
        "agency": one.agency or None,
        "created": one.created.isoformat() if one.created else None,
        "disabled": one.disabled.isoformat() if one.disabled else None,
    }
