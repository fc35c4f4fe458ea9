"""The services of the exchange, each imported by the first question that needs it."""

from __future__ import annotations

from functools import cached_property


class ExchangeServices:
    """What the desk offers of the exchange; used in the worker thread only."""

    @cached_property
    def packing(self):
        """What goes into packages, and writing them."""
        from wufei_cells.services import packing  # noqa: PLC0415

        return packing

    @cached_property
    def erasing(self):
        """Erasing photos and papers for good."""
        from wufei_cells.services import erasing  # noqa: PLC0415

        return erasing

    @cached_property
    def receiving(self):
        """Files that were laid on the window, in the inbox."""
        from wufei_cells.services import receiving  # noqa: PLC0415

        return receiving

    @cached_property
    def taking_packages(self):
        """Taking packages in, and back."""
        from wufei_cells.services import taking_packages  # noqa: PLC0415

        return taking_packages

    @cached_property
    def import_telling(self):
        """What taking packages in would change, in words."""
        from wufei_cells.services import import_telling  # noqa: PLC0415

        return import_telling

    @cached_property
    def who_has_what(self):
        """Who has what."""
        from wufei_cells.services import who_has_what  # noqa: PLC0415

        return who_has_what

    @cached_property
    def side_view(self):
        """What waits beside the journal."""
        from wufei_cells.services import side_view  # noqa: PLC0415

        return side_view

    @cached_property
    def device_naming(self):
        """What people call this machine."""
        from wufei_cells.services import device_naming  # noqa: PLC0415

        return device_naming

    @cached_property
    def enrolled(self):
        """Who takes part."""
        from wufei_cells.services import enrolled  # noqa: PLC0415

        return enrolled

    @cached_property
    def enrolling(self):
        """Devices that ask to join, and revoking them."""
        from wufei_cells.services import enrolling  # noqa: PLC0415

        return enrolling

    @cached_property
    def joining_office(self):
        """The office's answers to those who ask to join."""
        from wufei_cells.services import joining_office  # noqa: PLC0415

        return joining_office

    @cached_property
    def revoking(self):
        """Devices whose acts count no longer."""
        from wufei_cells.services import revoking  # noqa: PLC0415

        return revoking
