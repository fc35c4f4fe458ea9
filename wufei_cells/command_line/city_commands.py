"""Commands on the cities that come with the program: list them, work with one of them."""

from __future__ import annotations

import argparse

from wufei_cells import shipped
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.services import browsing, cities
from wufei_cells.services.cities import CityRow


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("city", help="自带的城市 / cities that come with the program").add_subparsers(
        required=True, metavar="WHAT"
    )
    listing = group.add_parser("list", parents=[common], help="列出城市 / list the cities")
    listing.set_defaults(run=list_cities)
    using = group.add_parser("use", parents=[common], help="改用一个城市 / work with a city and its checklists")
    using.add_argument("city", metavar="CITY", help="城市的标识 / key of the city")
    using.set_defaults(run=use_city)


def list_cities(session: Session, _args: argparse.Namespace) -> int:
    """List the cities, and which of them the register works with."""
    if session.can_open:
        rows = cities.list_cities(session.workspace)
    else:  # who wants to begin one has to know the keys
        rows = cities.describe_cities(shipped.shipped_cities())
    data = [
        {
            "key": row.key,
            "city": {"zh": row.city.zh, "en": row.city.en},
            "version": row.version,
            "checklists": row.checklists,
            "in_use": row.in_use,
        }
        for row in rows
    ]
    return session.show(data, [_line(session, row) for row in rows])


def use_city(session: Session, args: argparse.Namespace) -> int:
    """Work with a city that comes with the program; where there is no register yet, one begins with it."""
    session.first_city = args.city
    profile = cities.use_city(session.workspace, args.city)
    data = {"key": profile.key, "version": profile.version, "city": {"zh": profile.city.zh, "en": profile.city.en}}
    count = len(browsing.categories(session.workspace))
    return session.show(data, [session.say("cli.city_used", city=session.text(profile.city), count=count)])


def _line(session: Session, row: CityRow) -> str:
    said = "cli.city_in_use" if row.in_use else "cli.city"
    return session.say(said, id=row.key, city=session.text(row.city), version=row.version, count=row.checklists)
