"""A register with certificates, made once and copied for every test."""

from __future__ import annotations

import shutil

import pytest

from tests.ui.certificates.registers import build, opened


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A register with a site at every place it can wait at."""
    return build(tmp_path_factory.mktemp("built") / "certificates")


@pytest.fixture
def folder(built, tmp_path):
    """The same for one test alone."""
    return shutil.copytree(built, tmp_path / "certificates")


@pytest.fixture
def beside(folder):
    """The same register as a second program sees it."""
    workspace = opened(folder)
    yield workspace
    workspace.close()
