"""Commands on who takes part: ask to join, enrol, take the answer in, list, revoke, trust."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line import passphrases
from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.lifecycle import Role
from wufei_cells.services import enrolled, enrolling, joining_office, office_keys, revoking, saving, side_view
from wufei_cells.services.enrolled import DeviceRow, EnrolledPerson
from wufei_cells.services.joining_office import Offer
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.store.authority import Mode


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    _describe_device(group, common)
    _describe_office(group, common)
    listing = group.add_parser("devices", parents=[common], help="谁在参加 / who takes part")
    listing.set_defaults(run=devices)


def _describe_device(group: Subparsers, common: argparse.ArgumentParser) -> None:
    asking = group.add_parser("join-request", parents=[common], help="写加入申请 / ask to join")
    asking.add_argument("output", type=Path, metavar="OUT")
    asking.set_defaults(run=join_request)
    joining = group.add_parser("join", parents=[common], help="读入批复 / take the office's answer in")
    joining.add_argument("file", type=Path, metavar="FILE")
    joining.add_argument("--words", default="", metavar="WORDS", help="办公室念的六个词 / the office's six words")
    joining.add_argument("--again", action="store_true", help="办公室换了首个密钥 / the office has a new first key")
    joining.set_defaults(run=join)
    trusting = group.add_parser("trust", parents=[common], help="接收一台设备 / accept a device")
    trusting.add_argument("device", metavar="DEVICE")
    trusting.add_argument("--name", default="", metavar="NAME", help="怎么称呼它 / how to call it")
    trusting.add_argument("--words", default="", metavar="WORDS", help="对方念的六个词 / the device's six words")
    trusting.set_defaults(run=trust)


def _describe_office(group: Subparsers, common: argparse.ArgumentParser) -> None:
    entering = group.add_parser("enrol", parents=[common], help="登记设备和人 / enrol a device and a person")
    entering.add_argument("file", type=Path, metavar="FILE")
    entering.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    entering.add_argument("--district", action="append", default=[], metavar="KEY", help="负责的县区 / where")
    entering.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="有效期至 / the last day")
    entering.add_argument("--words", default="", metavar="WORDS", help="对方念的六个词 / the device's six words")
    entering.add_argument("--vouch", action="store_true", help="以前写的都算数 / what it wrote before counts")
    entering.add_argument("--output", type=Path, metavar="OUT", help="批复文件 / the answer")
    entering.set_defaults(run=enrol)
    revoking = group.add_parser("revoke", parents=[common], help="停用设备 / revoke a device")
    revoking.add_argument("device", metavar="DEVICE")
    revoking.add_argument("--after", type=int, metavar="N", help="最后一条算数的记录 / the last act that counts")
    revoking.add_argument("--reason", default="", metavar="TEXT")
    revoking.set_defaults(run=revoke)
    anew = group.add_parser("new-office-key", parents=[common], help="密钥丢失后重来 / start over after a lost key")
    anew.add_argument("--output", type=Path, metavar="OUT", help="批复文件 / the answer for everybody")
    anew.set_defaults(run=new_office_key)
    for parser in (entering, revoking, anew):
        passphrases.add_option(parser)


# --- on a device


def join_request(session: Session, args: argparse.Namespace) -> int:
    """Write the file by which this device asks to take part."""
    content = enrolling.make_request(session.workspace)
    saving.save_file(args.output, content)
    words = session.text(fingerprint(enrolling.read_request(content).key))
    lines = [session.say("cli.join_requested", path=args.output, words=words)]
    return session.show({"file": str(args.output), "words": words, "text": content.decode()}, lines)


def join(session: Session, args: argparse.Namespace) -> int:
    """Take the office's answer in; without the words, show what it says."""
    content = read_input(args.file)
    offer = joining_office.read_answer(session.workspace, content)
    if not offer.pinned and not args.words:
        lines = [session.say("cli.join_compare", issuer=offer.root.issuer, words=session.text(offer.words))]
        return session.show({**_offer_json(session, offer), "joined": False}, lines)
    take = joining_office.repin if args.again else joining_office.take_answer
    take(session.workspace, content, words=args.words)
    side_view.take_in_admitted(session.workspace)
    lines = [session.say("cli.joined", issuer=offer.root.issuer)]
    lines += [
        _person_line(session, one.person_name, tuple(role for role in Role if role in one.held))
        for one in offer.enrolments
    ]
    return session.show({**_offer_json(session, offer), "joined": True}, lines)


def trust(session: Session, args: argparse.Namespace) -> int:
    """Accept a device while no office enrols anybody; without its words, show them to be compared."""
    found = side_view.find_candidate(session.workspace, args.device)
    words, name = session.text(found.words), args.name or found.name
    data: dict[str, object] = {"device": found.device, "name": name, "words": words}
    if not args.words:
        told = session.say("cli.device_to_compare", name=name or found.device[:8], device=found.device, words=words)
        return session.show({**data, "trusted": False}, [told])
    side_view.admit(session.workspace, found.device, name, words=args.words)
    return session.show({**data, "trusted": True}, [session.say("cli.device_trusted", device=found.device)])


# --- at the office


def enrol(session: Session, args: argparse.Namespace) -> int:
    """Enrol the person and the device of a request, and write the answer."""
    content = read_input(args.file)
    key = office_keys.unlock(session.workspace, passphrases.passphrase(session, args))
    held = [Role(name) for name in args.role]
    named = {"districts": args.district, "until": args.until, "words": args.words, "vouch": args.vouch}
    enrolment = enrolling.accept_request(session.workspace, key, content, held, **named)
    side_view.take_in_admitted(session.workspace)
    words = session.text(fingerprint(enrolment.key))
    told = "cli.enrolled_compared" if args.words else "cli.enrolled"
    lines = [session.say(told, name=enrolment.person_name, device=enrolment.name, words=words)]
    if args.output is not None:
        saving.save_file(args.output, joining_office.answer(session.workspace))
        office = enrolled.participants(session.workspace).office_words
        lines.append(session.say("cli.answer_written", path=args.output, words=session.text(office) if office else ""))
    return session.show({"device": enrolment.device, "person": enrolment.person_name, "words": words}, lines)


def revoke(session: Session, args: argparse.Namespace) -> int:
    """Let acts of a device count no longer from a number on."""
    shown = enrolled.participants(session.workspace)
    key = None
    if shown.mode is Mode.OFFICE:
        key = office_keys.unlock(session.workspace, passphrases.passphrase(session, args))
    found = revoking.revoke(session.workspace, key, args.device, after=args.after, reason=args.reason)
    data = {"device": found.device, "after": found.after, "reason": found.reason}
    return session.show(data, [session.say("cli.revoked", device=found.device, after=found.after)])


def new_office_key(session: Session, args: argparse.Namespace) -> int:
    """Make a new first key, because the one before is lost."""
    secret = passphrases.passphrase(session, args, repeat=True)
    key = joining_office.start_over(session.workspace, secret)
    words = session.text(fingerprint(key.public))
    lines = [session.say("cli.started_over", name=key.id, words=words)]
    if args.output is not None:
        saving.save_file(args.output, joining_office.answer(session.workspace))
        lines.append(session.say("cli.answer_written", path=args.output, words=words))
    return session.show({"key": key.id, "words": words}, lines)


# --- who takes part


def devices(session: Session, _args: argparse.Namespace) -> int:
    """List who takes part."""
    shown = enrolled.participants(session.workspace)
    lines = [session.say(f"cli.trust_{shown.mode.value}")]
    if shown.office_words:
        lines.append(session.say("cli.office_words", words=session.text(shown.office_words)))
    lines += [session.say("cli.forked", keys=shown.forked)] if shown.forked else []
    for row in shown.devices:
        lines.append(_device_line(session, row))
        lines += [_person_line(session, one.name, one.roles, one) for one in row.people]
    lines += [session.say(one.code, **one.values) for one in enrolled.findings(session.workspace)]
    return session.show(
        {
            "mode": shown.mode.value,
            "office_words": session.text(shown.office_words) if shown.office_words else None,
            "forked": list(shown.forked),
            "devices": [_device_json(session, row) for row in shown.devices],
        },
        lines,
    )


def _device_line(session: Session, row: DeviceRow) -> str:
    state = "own" if row.own else "accepted" if row.accepted else "waiting"
    if row.revoked_after is not None:
        state = "revoked"
    told = session.say(f"cli.device_{state}", after=row.revoked_after, reason=row.reason)
    words = session.text(row.words) if row.words else session.say("cli.no_words")
    return session.say("cli.device_line", name=row.name or row.device[:8], device=row.device, words=words, state=told)


def _person_line(session: Session, name: str, held: tuple[Role, ...], one: EnrolledPerson | None = None) -> str:
    line = session.say("cli.enrolled_person" if held else "cli.enrolled_without_role", name=name, roles=held)
    if one is None or one.until is None:
        return line
    return line + session.say("cli.enrolled_expired" if one.expired else "cli.enrolled_until", until=one.until)


def _device_json(session: Session, row: DeviceRow) -> dict[str, object]:
    return {
        "device": row.device,
        "name": row.name,
        "words": session.text(row.words) if row.words else None,
        "own": row.own,
        "last": row.last,
        "accepted": row.accepted,
        "revoked_after": row.revoked_after,
        "people": [
            {
                "name": one.name,
                "roles": [role.value for role in one.roles],
                "districts": list(one.districts),
                "until": one.until.isoformat() if one.until else None,
                "expired": one.expired,
            }
            for one in row.people
        ],
    }


def _offer_json(session: Session, offer: Offer) -> dict[str, object]:
    return {
        "issuer": offer.root.issuer,
        "words": session.text(offer.words),
        "people": [one.person_name for one in offer.enrolments],
    }
