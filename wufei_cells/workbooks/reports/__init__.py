"""Reports of the office as workbooks: an overview with charts, and each table on a sheet of its own."""
