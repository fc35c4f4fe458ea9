// What a certificate's signed text is worth: pure logic, the same as the program's own (wufei_cells/signing).
//
//   const trust = WufeiVerify.trust(announcements)          keys, each signed by its predecessor, the first by itself
//   const list = WufeiVerify.statusList(text or object, trust)
//   WufeiVerify.verify("WFC1:...", list.trust, list.list, "2026-11-22") → verdict, fields, key, status, notes

var WufeiVerify = (function (nacl, encoding) {
    "use strict";

    const MARK = "WFC1:";
    const LONGEST = 6000; // characters; no QR code holds more than 4296
    const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
    const SPACE_AROUND = new RegExp("^" + SPACE + "|" + SPACE + "$", "g"); // what Python calls space, which is not trim's
    const STALE_DAYS = 30; // a status list older than this may miss what was withdrawn since
    const LAST_DAY = 2932896; // 9999-12-31
    const Unreadable = encoding.Unreadable;
    const CERTIFICATE = encoding.bytesOfText("wufei-cells certificate 1\u0000");
    const KEY = encoding.bytesOfText("wufei-cells key 1\u0000");
    const STATUS = encoding.bytesOfText("wufei-cells status 1\u0000");

    // --- signatures

    // The order of the group, little endian. tweetnacl takes S + L for S; RFC 8032, 5.1.7, does not.
    const ORDER = [0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14];
    while (ORDER.length < 31) ORDER.push(0);
    ORDER.push(0x10);

    function isSigned(message, signature, key) {
        if (signature.length !== 64 || key.length !== 32) return false;
        let at = 31;
        while (at > 0 && signature[32 + at] === ORDER[at]) at--;
        if (signature[32 + at] >= ORDER[at]) return false;
        return nacl.sign.detached.verify(message, signature, key);
    }

    function keyId(key) {
        return encoding.hex(encoding.sha256(key).slice(0, 8));
    }

    // Signed JSON documents: the signature covers everything but itself.
    function isSignedDocument(mark, document, key) {
        const signature = encoding.bytesOfBase64(document.signature);
        if (signature === null) return false;
        const covered = Object.assign({}, document);
        delete covered.signature;
        try {
            return isSigned(
                encoding.joined(mark, encoding.bytesOfText(encoding.canonicalJson(covered))),
                signature,
                key
            );
        } catch (error) {
            if (error instanceof Unreadable) return false;
            throw error;
        }
    }

    // --- days

    // Days since 1970-01-01 of a date in ISO's one long form; null if it is none.
    function dayOf(text) {
        const parts = typeof text === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null;
        if (parts === null || parts[1] === "0000") return null;
        const date = new Date(0);
        date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
        const day = Math.round(date.getTime() / 86400000);
        return dateOf(day) === text ? day : null;
    }

    function dateOf(day) {
        return new Date(day * 86400000).toISOString().slice(0, 10);
    }

    // --- keys

    function isRecord(value) {
        return typeof value === "object" && value !== null && !Array.isArray(value);
    }

    function has(record, name) {
        return Object.prototype.hasOwnProperty.call(record, name);
    }

    function hasExactly(record, names) {
        return (
            isRecord(record) && Object.keys(record).length === names.length && names.every((name) => has(record, name))
        );
    }

    const PRINTABLE = /^[^\p{C}\p{Z}]*(?: +[^\p{C}\p{Z}]*)*$/u; // no control signs, and no space but the plain one

    // An announcement as a key, or null where it does not have the form of one.
    function readAnnouncement(document) {
        if (!hasExactly(document, ["format", "key", "issuer", "since", "predecessor", "signature"])) return null;
        const key = encoding.bytesOfBase64(document.key);
        const since = dayOf(document.since);
        const before = document.predecessor;
        if (document.format !== "wufei-key/1" || key === null || key.length !== 32 || since === null) return null;
        const signature = encoding.bytesOfBase64(document.signature);
        if (signature === null || signature.length !== 64) return null;
        if (typeof document.issuer !== "string" || !document.issuer || !PRINTABLE.test(document.issuer)) return null;
        if (before !== null && !(typeof before === "string" && /^[0-9a-f]{16}$/.test(before))) return null;
        return {
            id: keyId(key),
            key: key,
            issuer: document.issuer,
            since: since,
            predecessor: before,
            document: document,
        };
    }

    // The keys that hold: the first ones given here sign themselves; each other one is signed by a key that holds.
    function trust(announcements) {
        const given = announcements.map(readAnnouncement).filter((key) => key !== null);
        const keys = new Map();
        given
            .filter((key) => key.predecessor === null && isSignedDocument(KEY, key.document, key.key))
            .forEach((key) => keys.set(key.id, key));
        return followed(keys, given, true);
    }

    // Successors that a status list hands on. No first keys, and no second successor of a key: a key that was given up
    // and stolen could otherwise name a thief's.
    function extended(known, given) {
        const fitting = given.filter((key) => replacedOn(known, key.predecessor) === null);
        return followed(new Map(known.keys), fitting, false);
    }

    function followed(keys, given, forks) {
        const waiting = given.filter((key) => key.predecessor !== null);
        waiting.sort((one, other) => one.since - other.since || (one.id < other.id ? -1 : 1));
        const taken = new Set(Array.from(keys.values(), (key) => key.predecessor));
        for (let added = true; added;) {
            added = false;
            for (const key of waiting) {
                const before = keys.get(key.predecessor);
                if (keys.has(key.id) || before === undefined || key.since < before.since) continue;
                if (!isSignedDocument(KEY, key.document, before.key) || (taken.has(key.predecessor) && !forks))
                    continue;
                keys.set(key.id, key);
                taken.add(key.predecessor);
                added = true;
            }
        }
        return { keys: keys };
    }

    // The first day on which a successor has taken over; null while there is none.
    function replacedOn(known, id) {
        const days = Array.from(known.keys.values())
            .filter((key) => key.predecessor === id)
            .map((key) => key.since);
        return id !== null && days.length ? Math.min.apply(null, days) : null;
    }

    // Two keys are of one office when they lead back to one first key, or bear one name.
    function isSameOffice(known, one, other) {
        const first = known.keys.get(one);
        const second = known.keys.get(other);
        if (first === undefined || second === undefined) return false;
        return first.issuer === second.issuer || firstOf(known, first) === firstOf(known, second);
    }

    function firstOf(known, key) {
        while (key.predecessor !== null) key = known.keys.get(key.predecessor);
        return key.id;
    }

    // On the day another key takes over, both hold.
    function isInTime(known, id, day) {
        const end = replacedOn(known, id);
        return end === null || day <= end;
    }

    // --- the status list

    // Read a list: {list, trust} with the keys it brings, or {problem}: list_unreadable, list_unknown_key, list_altered,
    // list_key_given_up.
    function statusList(given, known) {
        const document = typeof given === "string" ? parsed(given) : given;
        if (!isStatusList(document)) return { problem: "list_unreadable" };
        const wider = extended(known, document.keys.map(readAnnouncement));
        const signer = wider.keys.get(document.key);
        if (signer === undefined) return { problem: "list_unknown_key" };
        if (!isSignedDocument(STATUS, document, signer.key)) return { problem: "list_altered" };
        const asOf = dayOf(document.as_of);
        if (!isInTime(wider, document.key, asOf)) return { problem: "list_key_given_up" };
        const list = {
            issuer: document.issuer,
            asOf: asOf,
            serial: document.serial,
            count: Object.keys(document.certificates).length,
            certificates: document.certificates,
            key: document.key,
        };
        return { list: list, trust: wider };
    }

    // Two lists of one day have an order, too: the later one has the higher serial.
    function isOlder(one, other) {
        return one.asOf < other.asOf || (one.asOf === other.asOf && one.serial < other.serial);
    }

    function parsed(text) {
        try {
            return JSON.parse(text.replace(/^\ufeff/, ""));
        } catch (error) {
            return null;
        }
    }

    const LIST_FIELDS = ["format", "issuer", "as_of", "serial", "certificates", "keys", "key", "signature"];

    function isStatusList(document) {
        if (!hasExactly(document, LIST_FIELDS)) return false;
        if (document.format !== "wufei-status/1" || typeof document.issuer !== "string") return false;
        if (!Number.isSafeInteger(document.serial) || document.serial < 1) return false;
        const asOf = dayOf(document.as_of);
        if (asOf === null || typeof document.key !== "string" || encoding.bytesOfBase64(document.signature) === null)
            return false;
        if (!Array.isArray(document.keys) || !document.keys.every((key) => readAnnouncement(key) !== null))
            return false;
        if (!isRecord(document.certificates)) return false;
        return Object.keys(document.certificates).every((number) => isStatus(document.certificates[number], asOf));
    }

    function isStatus(entry, asOf) {
        if (!hasExactly(entry, ["state", "since"]) || dayOf(entry.since) === null || dayOf(entry.since) > asOf)
            return false;
        return entry.state === "suspended" || entry.state === "withdrawn";
    }

    // --- the signed text

    const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
    const TEXTS = {
        2: "number",
        3: "site",
        4: "category",
        5: "level",
        6: "total",
        9: "issuer",
        10: "document",
        11: "edition",
    };

    // Take the text apart, strictly. Throws Unreadable.
    function readProof(text) {
        const tidy = text.replace(SPACE_AROUND, "").replace(/[\r\n]/g, ""); // Base45 never ends in a space
        if (!tidy.startsWith(MARK) || tidy.length > LONGEST) throw new Unreadable("mark");
        const parts = encoding.valueOfCbor(encoding.bytesOfBase45(tidy.slice(MARK.length)));
        if (!Array.isArray(parts) || parts.length !== 3) throw new Unreadable("parts");
        if (!parts.every((part) => part instanceof Uint8Array)) throw new Unreadable("parts");
        if (parts[1].length !== 8 || parts[2].length !== 64) throw new Unreadable("lengths");
        const fields = readPayload(parts[0]);
        return { payload: parts[0], key: encoding.hex(parts[1]), signature: parts[2], fields: fields };
    }

    function readPayload(payload) {
        const map = encoding.valueOfCbor(payload);
        if (!(map instanceof Map)) throw new Unreadable("payload");
        map.forEach((_value, name) => {
            if (name < 2 || name > 13) throw new Unreadable("a field that is not known");
        });
        const fields = { record: encoding.hex(bytesField(map, 13)) };
        Object.keys(TEXTS).forEach((name) => (fields[TEXTS[name]] = textField(map, Number(name))));
        fields.issued_on = dayField(map, 7);
        fields.valid_until = dayField(map, 8);
        const flags = map.has(12) ? map.get(12) : 0;
        if (map.has(12) && !(flags >= 1 && flags <= 3)) throw new Unreadable("flags");
        fields.example = (flags & 1) === 1;
        fields.model = (flags & 2) === 2;
        return fields;
    }

    function bytesField(map, name) {
        const value = map.get(name);
        if (!(value instanceof Uint8Array) || value.length !== 16) throw new Unreadable("field " + name);
        return value;
    }

    // The number of the naming document (10) is left out when it is empty; everything else is always there.
    function textField(map, name) {
        if (name === 10 && !map.has(name)) return "";
        const value = map.get(name);
        if (typeof value !== "string" || (name === 10 && value === "") || CONTROL.test(value))
            throw new Unreadable("field " + name);
        return value;
    }

    function dayField(map, name) {
        const value = map.get(name);
        if (typeof value !== "number" || value > LAST_DAY) throw new Unreadable("field " + name);
        return value;
    }

    // --- the verdict

    // Judge one signed text. The list may be null; today is an ISO date, as this machine's clock has it. Where the list is
    // of a later day, that day counts: a clock that is slow must not make an expired certificate hold.
    function verify(text, known, list, today) {
        let proof;
        try {
            proof = readProof(text);
        } catch (error) {
            if (!(error instanceof Unreadable)) throw error;
            return {
                verdict: "unreadable",
                judged_on: today,
                fields: null,
                key: null,
                status: null,
                since: null,
                notes: [],
            };
        }
        const ours = list !== null && isSameOffice(known, list.key, proof.key) ? list : null;
        const day = ours === null ? dayOf(today) : Math.max(dayOf(today), ours.asOf);
        const entry =
            ours !== null && has(ours.certificates, proof.fields.number)
                ? ours.certificates[proof.fields.number]
                : null;
        const verdict = verdictOf(proof, known, entry, day);
        const notes = notesOf(proof, known, verdict);
        if (list !== null && ours === null && isProved(verdict)) notes.push("list_of_others");
        if (day > dayOf(today)) notes.push("clock");
        return {
            verdict: verdict,
            judged_on: dateOf(day),
            fields: withDates(proof.fields),
            key: keyOf(proof, known),
            status: ours === null ? null : statusOf(ours, day),
            since: entry !== null && (verdict === "withdrawn" || verdict === "suspended") ? entry.since : null,
            notes: notes,
        };
    }

    // With these verdicts the office did sign what the fields say.
    function isProved(verdict) {
        return ["unknown_key", "altered", "unreadable"].indexOf(verdict) < 0;
    }

    function verdictOf(proof, known, entry, day) {
        const signer = known.keys.get(proof.key);
        if (signer === undefined) return "unknown_key";
        if (!isSigned(encoding.joined(CERTIFICATE, proof.payload), proof.signature, signer.key)) return "altered";
        if (!isInTime(known, proof.key, proof.fields.issued_on)) return "unknown_key";
        if (entry !== null && entry.state === "withdrawn") return "withdrawn";
        if (day > proof.fields.valid_until) return "expired";
        if (entry !== null) return "suspended";
        return day < proof.fields.issued_on ? "not_yet_valid" : "valid";
    }

    function notesOf(proof, known, verdict) {
        const signer = known.keys.get(proof.key);
        const notes = [];
        if (verdict === "unknown_key") notes.push(signer === undefined ? "key_unknown" : "key_given_up");
        if (proof.fields.example) notes.push("example");
        if (proof.fields.model) notes.push("model");
        if (verdict === "not_yet_valid") notes.push("before_issue");
        if (isProved(verdict) && signer.issuer !== proof.fields.issuer) notes.push("other_issuer");
        return notes;
    }

    function keyOf(proof, known) {
        const signer = known.keys.get(proof.key);
        const end = replacedOn(known, proof.key);
        if (signer === undefined) return { id: proof.key, issuer: null, since: null, replaced_on: null };
        return {
            id: proof.key,
            issuer: signer.issuer,
            since: dateOf(signer.since),
            replaced_on: end === null ? null : dateOf(end),
        };
    }

    // How old a list is on a day, and whether that is too old.
    function statusOf(list, day) {
        const age = day - list.asOf;
        return { as_of: dateOf(list.asOf), age_days: age, stale: age > STALE_DAYS };
    }

    function withDates(fields) {
        return Object.assign({}, fields, {
            issued_on: dateOf(fields.issued_on),
            valid_until: dateOf(fields.valid_until),
        });
    }

    return {
        STALE_DAYS: STALE_DAYS,
        dateOf: dateOf,
        dayOf: dayOf,
        isOlder: isOlder,
        isProved: isProved,
        statusList: statusList,
        statusOf: statusOf,
        trust: trust,
        verify: verify,
    };
})(
    typeof require === "function" ? require("./nacl-fast.min.js") : self.nacl,
    typeof require === "function" ? require("./encoding.js") : WufeiEncoding
);

if (typeof module !== "undefined") module.exports = WufeiVerify;
