"""Windows: a per-user setup program and a portable folder, built on Windows or, under Wine, on Linux."""
