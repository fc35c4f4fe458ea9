// How the signed text is written: Base45, deterministic CBOR, canonical JSON, SHA-256. No page, no network, no clock.
//
// Every reader here is strict: one value has one way to be written, and whatever is written otherwise is refused
// by throwing Unreadable. Plain ES2015, because offices run old browsers.

var WufeiEncoding = (function () {
    "use strict";

    const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    class Unreadable extends Error {}

    // --- bytes and text

    function bytesOfBase45(text) {
        if (text.length % 3 === 1) throw new Unreadable("base45 length");
        const bytes = [];
        for (let at = 0; at < text.length; at += 3) {
            let value = 0;
            const part = text.substr(at, 3);
            for (let place = part.length - 1; place >= 0; place--) {
                const digit = ALPHABET.indexOf(part[place]);
                if (digit < 0) throw new Unreadable("base45 sign");
                value = value * 45 + digit;
            }
            if (value > (part.length === 3 ? 0xffff : 0xff)) throw new Unreadable("base45 value");
            if (part.length === 3) bytes.push(value >> 8);
            bytes.push(value & 0xff);
        }
        return Uint8Array.from(bytes);
    }

    // Give null for anything that an exact Base64 writer would not have written.
    function bytesOfBase64(text) {
        if (typeof text !== "string" || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
        const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const bytes = [];
        let held = 0;
        let bits = 0;
        for (const sign of text.replace(/=+$/, "")) {
            held = ((held << 6) | signs.indexOf(sign)) & 0xffff;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes.push((held >> bits) & 0xff);
            }
        }
        return (held & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : null;
    }

    function hex(bytes) {
        return Array.from(bytes, (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
    }

    function joined() {
        const parts = Array.from(arguments);
        const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
        parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
        return whole;
    }

    function bytesOfText(text) {
        const bytes = [];
        for (const sign of text) {
            const code = sign.codePointAt(0);
            if (code >= 0xd800 && code <= 0xdfff) throw new Unreadable("half a character");
            if (code < 0x80) bytes.push(code);
            else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
            else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
            else
                bytes.push(
                    0xf0 | (code >> 18),
                    0x80 | ((code >> 12) & 63),
                    0x80 | ((code >> 6) & 63),
                    0x80 | (code & 63)
                );
        }
        return Uint8Array.from(bytes);
    }

    function textOfBytes(bytes) {
        try {
            return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch (error) {
            throw new Unreadable("utf-8");
        }
    }

    // --- CBOR (RFC 8949, section 4.2.1: shortest heads, definite lengths, keys in rising order)

    // Read one value that fills the bytes: unsigned integer, byte string, text, array, or map with integer keys.
    function valueOfCbor(bytes) {
        const reader = { bytes: bytes, at: 0 };
        const value = readValue(reader, 0);
        if (reader.at !== bytes.length) throw new Unreadable("bytes after the end");
        return value;
    }

    function readHead(reader) {
        if (reader.at >= reader.bytes.length) throw new Unreadable("cut off");
        const first = reader.bytes[reader.at++];
        const short = first & 31;
        if (short < 24) return [first >> 5, short];
        if (short > 26) throw new Unreadable("a number too long, or without length"); // 2^32 and more is never needed
        const size = 1 << (short - 24);
        if (reader.at + size > reader.bytes.length) throw new Unreadable("cut off");
        let number = 0;
        for (let count = 0; count < size; count++) number = number * 256 + reader.bytes[reader.at++];
        if (number < [24, 0x100, 0x10000][short - 24]) throw new Unreadable("not the shortest form");
        return [first >> 5, number];
    }

    function readBytes(reader, length) {
        if (reader.at + length > reader.bytes.length) throw new Unreadable("cut off");
        reader.at += length;
        return reader.bytes.slice(reader.at - length, reader.at);
    }

    function readValue(reader, depth) {
        const head = readHead(reader);
        if (depth > 4) throw new Unreadable("nested too deep");
        switch (head[0]) {
            case 0:
                return head[1];
            case 2:
                return readBytes(reader, head[1]);
            case 3:
                return textOfBytes(readBytes(reader, head[1]));
            case 4: {
                const values = [];
                for (let count = 0; count < head[1]; count++) values.push(readValue(reader, depth + 1));
                return values;
            }
            case 5:
                return readMap(reader, head[1], depth);
            default:
                throw new Unreadable("a kind of value that is not used");
        }
    }

    function readMap(reader, size, depth) {
        const map = new Map();
        let last = -1;
        for (let count = 0; count < size; count++) {
            const key = readHead(reader);
            if (key[0] !== 0 || key[1] <= last) throw new Unreadable("keys out of order");
            last = key[1];
            map.set(last, readValue(reader, depth + 1));
        }
        return map;
    }

    // --- canonical JSON: what json.dumps(ensure_ascii=False, sort_keys=True, separators=(",", ":")) writes

    function canonicalJson(value) {
        if (value === null || value === true || value === false) return String(value);
        if (typeof value === "string") return quoted(value);
        if (typeof value === "number") {
            if (!Number.isSafeInteger(value)) throw new Unreadable("only whole numbers have one way to be written");
            return String(value === 0 ? 0 : value);
        }
        if (Array.isArray(value)) return "[" + value.map(canonicalJson).join(",") + "]";
        const names = Object.keys(value).sort(byCodePoints);
        return "{" + names.map((name) => quoted(name) + ":" + canonicalJson(value[name])).join(",") + "}";
    }

    // JavaScript compares by halves of characters; Python by characters.
    function byCodePoints(one, other) {
        const left = Array.from(one);
        const right = Array.from(other);
        for (let at = 0; at < left.length && at < right.length; at++) {
            if (left[at] !== right[at]) return left[at].codePointAt(0) - right[at].codePointAt(0);
        }
        return left.length - right.length;
    }

    const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b" };

    // Written out, because newer and older browsers escape halves of characters differently.
    function quoted(text) {
        let written = '"';
        for (const sign of text) {
            const code = sign.codePointAt(0);
            if (ESCAPES[sign]) written += ESCAPES[sign];
            else if (code < 32) written += "\\u00" + (code < 16 ? "0" : "") + code.toString(16);
            else written += sign;
        }
        return written + '"';
    }

    // --- SHA-256 (FIPS 180-4); crypto.subtle is missing where a page is not "secure", and never answers at once

    const PRIMES = firstPrimes(64);
    const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

    function firstPrimes(count) {
        const primes = [];
        for (let number = 2; primes.length < count; number++) {
            if (primes.every((prime) => number % prime !== 0)) primes.push(number);
        }
        return primes;
    }

    function fraction(number) {
        return ((number - Math.floor(number)) * 0x100000000) | 0;
    }

    function sha256(bytes) {
        const length = (((bytes.length + 8) >> 6) << 6) + 64;
        const padded = new Uint8Array(length);
        padded.set(bytes);
        padded[bytes.length] = 0x80;
        const view = new DataView(padded.buffer);
        view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
        view.setUint32(length - 4, bytes.length << 3);
        const state = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
        for (let at = 0; at < length; at += 64) sha256Block(state, view, at);
        const digest = new DataView(new ArrayBuffer(32));
        state.forEach((word, place) => digest.setInt32(place * 4, word));
        return new Uint8Array(digest.buffer);
    }

    function sha256Block(state, view, start) {
        const turn = (word, by) => (word >>> by) | (word << (32 - by));
        const words = new Int32Array(64);
        for (let at = 0; at < 64; at++) {
            if (at < 16) {
                words[at] = view.getInt32(start + at * 4);
                continue;
            }
            const a = words[at - 15];
            const b = words[at - 2];
            words[at] =
                (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)) +
                words[at - 7] +
                (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) +
                words[at - 16];
        }
        let [a, b, c, d, e, f, g, h] = state;
        for (let at = 0; at < 64; at++) {
            const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[at] + words[at];
            const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
        }
        [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] = (state[place] + word) | 0));
    }

    return {
        Unreadable: Unreadable,
        bytesOfBase45: bytesOfBase45,
        bytesOfBase64: bytesOfBase64,
        bytesOfText: bytesOfText,
        canonicalJson: canonicalJson,
        hex: hex,
        joined: joined,
        sha256: sha256,
        valueOfCbor: valueOfCbor,
    };
})();

if (typeof module !== "undefined") module.exports = WufeiEncoding;
