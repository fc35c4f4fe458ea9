"""Write many rows of readable tables in few statements: inserted where they are new, changed where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Delete, Dialect, Executable, Insert, Table, Update, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store.projecting import Row

Values = tuple[JsonValue, ...]
Statement = Insert | Delete | Update
_AT_ONCE = 100
_COMPILED: WeakKeyDictionary[Dialect, dict[tuple[Statement, tuple[str, ...]], tuple[str, tuple[int, ...]]]] = (
    WeakKeyDictionary()
)
"""Each database has a dialect of its own, which goes with it."""


def write_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Write what cells contribute to readable tables; later rows win over earlier ones in the columns they name."""
    gone: dict[Table, list[Values]] = {}
    written: dict[tuple[Table, tuple[str, ...]], dict[Values, Values]] = {}
    for row in rows:
        key = tuple(row.key[name] for name in _key(row.table))
        if row.values is None:
            gone.setdefault(row.table, []).append(key)
        else:
            into = written.setdefault((row.table, tuple(row.values)), {})
            into[key] = tuple(row.values.values())
    for table, keys in gone.items():
        delete_rows(connection, table, keys)
    for (table, names), values in written.items():
        # In the order of the key: neighbours lie on one page, which halves the time of large imports.
        lines = sorted((*key, *said) for key, said in values.items())
        _many(connection, _upsert(table, names, connection.dialect.name), (*_key(table), *names), lines)


def delete_rows(connection: Connection, table: Table, keys: Iterable[Values]) -> None:
    """Delete rows by their primary keys."""
    _many(connection, _delete(table), _key(table), sorted(keys))


def upsert_lines(connection: Connection, table: Table, names: Sequence[str], lines: Sequence[Values]) -> None:
    """Write lines of one table, each with all of its columns: the key first, in the order of keys."""
    rest = tuple(name for name in names if name not in _key(table))
    _many(connection, _upsert(table, rest, connection.dialect.name), names, lines)


def rekey_rows(connection: Connection, table: Table, lines: Sequence[Values]) -> None:
    """Give rows other primary keys: in each line the new one, and behind it the one that it takes the place of."""
    names = _key(table)
    _many(connection, _rekey(table), (*names, *(f"of_{name}" for name in names)), lines)


def read_lines(connection: Connection, statement: Executable) -> list[tuple[Any, ...]]:
    """Give all rows of a query as the driver gives them: of many rows, SQLAlchemy's own cost more than the query."""
    cursor = connection.execute(statement).cursor
    return [] if cursor is None else list(cursor.fetchall())


def lines_of(connection: Connection, statement: Executable) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a query like ``read_lines``, a few at a time."""
    with connection.execute(statement) as result:
        while result.cursor and (lines := result.cursor.fetchmany(_AT_ONCE)):
            yield from lines


def insert_rows(connection: Connection, table: Table, names: Sequence[str], lines: Sequence[Values]) -> None:
    """Insert rows that are not there yet."""
    _many(connection, _insert(table), names, lines)


def _many(connection: Connection, statement: Statement, names: Sequence[str], lines: Sequence[Values]) -> None:
    """Run a statement for many rows by the driver itself: what SQLAlchemy does for each takes longer than SQLite."""
    if lines:
        sql, order = _compiled(statement, tuple(names), connection.dialect)
        if order != tuple(range(len(names))):
            lines = [tuple(line[index] for index in order) for line in lines]
        connection.exec_driver_sql(sql, lines)  # pyright: ignore[reportArgumentType] - rows of values, as the driver takes them


def _compiled(statement: Statement, names: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[int, ...]]:
    """Give the statement as the driver takes it, and which value stands where in it."""
    known = _COMPILED.setdefault(dialect, {})
    if (statement, names) not in known:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        positions = compiled.positiontup
        assert positions is not None
        known[statement, names] = str(compiled), tuple(names.index(name) for name in positions)
    return known[statement, names]


@cache
def _key(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


@cache
def _upsert(table: Table, names: tuple[str, ...], dialect: str) -> Insert:
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    key = _key(table)
    if not names:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in names})


@cache
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _rekey(table: Table) -> Update:
    matches = (column == bindparam(f"of_{column.name}") for column in table.primary_key)
    return update(table).where(*matches).values({name: bindparam(name) for name in _key(table)})


@cache
def _delete(table: Table) -> Delete:
    return delete(table).where(*(column == bindparam(column.name) for column in table.primary_key))
