"""What the office signs and what anybody can check: certificates, keys, lists of what no longer holds, and papers.

Everything here is pure: bytes and texts in, values out. No clock, no database, no network. cryptography, cbor2, base45,
pyHanko and the reader of QR codes live here.
"""
