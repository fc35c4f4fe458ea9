"""One function per thing a person can do: the only doors to the register. One transaction each."""
