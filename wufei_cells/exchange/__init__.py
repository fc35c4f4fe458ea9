"""Packages that travel between registers: files and bytes, never SQL. Zip, zstd and age live here."""
