"""Scoring rules as formulas of a spreadsheet: what ``wufei_cells.scoring`` does with answers, done with cells.

A spreadsheet counts in binary fractions. Numbers are therefore rounded at the ninth decimal before they are compared,
counted in steps or cut for print; nothing else is ever rounded.
"""
