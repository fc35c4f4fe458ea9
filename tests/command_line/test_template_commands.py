"""``template``: an office exports a template, adapts it, looks at it and adopts it."""

from __future__ import annotations

import pytest


def test_from_export_to_adoption(run, ask, tmp_path):
    own, pdf = tmp_path / "own.yaml", tmp_path / "own.pdf"
    ask("template", "export", "certificate-zh-en", "--output", own)
    own.write_text(own.read_text("utf-8").replace("key: certificate-zh-en", "key: own"), "utf-8")
    checked = ask("template", "check", own)
    assert ask("template", "preview", own, "--output", pdf)["file"] == str(pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert ask("template", "adopt", own) == checked
    rows = {row["key"]: row["in_force"] for row in ask("template", "list")}
    assert rows == {"certificate-zh": False, "own": True}
    again = tmp_path / "again.yaml"
    ask("template", "export", checked["id"][:10], "--output", again)
    assert ask("template", "check", again) == checked


def test_people_read_which_one_is_in_force(run):
    assert "使用中" in run("template", "list").out
    adopted = run("template", "adopt", "certificate-zh-en", "--language", "en")
    assert "Certificate in Chinese and English" in adopted.out
    assert "in force" in run("template", "list", "--language", "en").out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_wrong_is_listed_and_nothing_adopted(run, ask, tmp_path, language: str):
    own = tmp_path / "own.yaml"
    ask("template", "export", "certificate-zh", "--output", own)
    text = (
        own.read_text("utf-8").replace("{number}", "{nr}").replace("face: serif_bold, size: 30", "face: kai, size: 30")
    )
    own.write_text(text, "utf-8")
    ended = run("template", "adopt", own, "--language", language)
    assert ended.code == 1
    assert "{nr}" in ended.err
    assert "kai" in ended.err
    assert [line.split(" ")[2].split(":")[0] for line in ended.err.splitlines()[1:3]] == ["own.yaml"] * 2
    assert [row["key"] for row in ask("template", "list")] == ["certificate-zh"]


def test_what_is_not_there_is_said(run, tmp_path):
    assert run("template", "check", tmp_path / "none.yaml").code == 1
    assert "证书模板" in run("template", "export", "abcdef").err
    logo = tmp_path / "logo.yaml"
    run("template", "export", "certificate-zh", "--output", logo)
    image = "\n  - image: {x: 40, y: 22, width: 9, height: 9, file: logo.png}\n"
    logo.write_text(logo.read_text("utf-8") + image, "utf-8")
    assert "logo.png" in run("template", "check", logo).err
