"""Commands on roles: who does whose work."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.lifecycle import Role
from wufei_cells.services import roles


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("role", help="职责 / who does whose work").add_subparsers(required=True, metavar="WHAT")
    for name, handler, meaning in (
        ("grant", grant, "指定 / let somebody do it"),
        ("withdraw", withdraw, "去掉 / no longer"),
    ):
        parser = group.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.set_defaults(run=handler)
    listing = group.add_parser("list", parents=[common], help="列出职责 / list")
    listing.set_defaults(run=list_roles)


def grant(session: Session, args: argparse.Namespace) -> int:
    """Let somebody do the work of a role."""
    roles.grant(session.workspace, args.name, Role(args.role))
    return list_roles(session, args)


def withdraw(session: Session, args: argparse.Namespace) -> int:
    """Let somebody do the work of a role no longer."""
    roles.withdraw(session.workspace, args.name, Role(args.role))
    return list_roles(session, args)


def list_roles(session: Session, _args: argparse.Namespace) -> int:
    """Say who holds which role."""
    held = {
        role: list(dict.fromkeys(person.name for person in people))
        for role, people in roles.holders(session.workspace).items()
    }
    lines = [session.say("cli.role_line", role=role, names=tuple(held[role])) for role in Role if held.get(role)] or [
        session.say("cli.no_roles")
    ]
    return session.show({role.value: held.get(role, []) for role in Role}, lines)
