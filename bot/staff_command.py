"""`mithaq staff add|list|role|password|remove`: who may work at the staff desk."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from collections.abc import Callable, Iterator

from bot.database import Database
from bot.desk.accounts import Accounts, Role
from bot.desk.audit import Audit
from bot.settings import Settings
from corpus.errors import AccountError

Run = Callable[[argparse.Namespace, Settings, object], int]
Add = Callable[[str, Run, str], argparse.ArgumentParser]
WHO = "(terminal)"


def add_staff_commands(add: Add) -> None:
    """The actions of the command; `add` makes one of a name, of what it runs and of its description."""
    made = add("add", staff_add, "make an account; asks for its password")
    made.add_argument("name", metavar="NAME")
    made.add_argument(
        "--role", choices=[*Role], type=Role, default=Role.EDITOR, help="editor (the default) or publisher"
    )
    made.add_argument("--language", choices=["fr", "ar", "en"], default="fr", help="language of the desk (fr)")
    add("list", staff_list, "list the accounts")
    role = add("role", staff_role, "give an account another role")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=[*Role], type=Role)
    password = add("password", staff_password, "set another password; every session of the account ends")
    password.add_argument("name", metavar="NAME")
    for command in (made, password):
        command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add("remove", staff_remove, "take an account away; its sessions end").add_argument("name", metavar="NAME")


def staff_add(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Make an account."""
    with _services(settings) as (accounts, audit):
        accounts.add(options.name, options.role, _password(options), options.language)
        audit.record(WHO, "account.added", options.name, after=options.role)
    print(f"{options.name} may sign in at /staff as {options.role}.")
    return 0


def staff_list(_: argparse.Namespace, settings: Settings, __: object) -> int:
    """Print who may sign in."""
    with _services(settings) as (accounts, _audit):
        for account in accounts.all():
            seen = f"last seen {account.last_seen:%Y-%m-%d %H:%M} UTC" if account.last_seen else "never signed in"
            print(f"{account.role:9}  {account.name}  (since {account.made:%Y-%m-%d}, {seen})")
    return 0


def staff_role(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Change a role."""
    with _services(settings) as (accounts, audit):
        before = accounts.get(options.name).role
        accounts.change_role(options.name, options.role)
        audit.record(WHO, "account.role_changed", options.name, before=before, after=options.role)
    print(f"{options.name} is {options.role} from the next request on.")
    return 0


def staff_password(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Change a password."""
    with _services(settings) as (accounts, audit):
        accounts.set_password(options.name, _password(options))
        audit.record(WHO, "account.password_changed", options.name)
    print(f"The password of {options.name} is changed; whoever was signed in with it has to sign in again.")
    return 0


def staff_remove(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Take an account away."""
    with _services(settings) as (accounts, audit):
        before = accounts.get(options.name).role
        accounts.remove(options.name)
        audit.record(WHO, "account.removed", options.name, before=before)
        last = "" if accounts.exist() else " It was the last one: the desk is closed."
    print(f"{options.name} may not sign in any more.{last}")
    return 0


@contextlib.contextmanager
def _services(settings: Settings) -> Iterator[tuple[Accounts, Audit]]:
    with contextlib.closing(Database(settings.journal_url)) as database:
        yield Accounts(database), Audit(database)


def _password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise AccountError(
            "There is no terminal to ask for the password. Send it on standard input with --password-stdin."
        )
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise AccountError("The two passwords are not the same. Nothing was changed; run the command again.")
    return first
