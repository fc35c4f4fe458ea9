"""Ledgers: plain long tables to sort, to filter and to print."""
