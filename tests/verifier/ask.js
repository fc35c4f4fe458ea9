// Asks the page's own scripts what a test wants to know: a JSON list of questions on stdin, a list of answers on stdout.
"use strict";

const folder = process.argv[2];
const encoding = require(folder + "/encoding.js");
const verify = require(folder + "/verify.js");
const finding = require(folder + "/finding.js");
const readCode = require(folder + "/jsQR.js");

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const pixelsOf = (asked) => new Uint8ClampedArray(bytes(asked.pixels));

const ANSWERS = {
    verify(asked) {
        let known = verify.trust(asked.keys);
        let list = null;
        if (asked.list !== null) {
            const read = verify.statusList(asked.list, known);
            if (read.problem) return { problem: read.problem };
            list = read.list;
            known = read.trust;
        }
        return asked.texts.map((text) => verify.verify(text, known, list, asked.today));
    },
    older(asked) {
        const [one, other] = asked.lists.map((list) => verify.statusList(list, verify.trust(asked.keys)).list);
        return verify.isOlder(one, other);
    },
    canonical: (asked) => encoding.canonicalJson(asked.data),
    sha256: (asked) => encoding.hex(encoding.sha256(bytes(asked.content))),
    base45: (asked) => encoding.hex(encoding.bytesOfBase45(asked.text)),
    pasted: (asked) => finding.textsInText(asked.text),
    pdf: (asked) => finding.textsInPdf(bytes(asked.content)),
    picture: (asked) => finding.textInPicture(readCode, pixelsOf(asked), asked.width, asked.height),
    frame: (asked) => finding.textInFrame(readCode, pixelsOf(asked), asked.width, asked.height, true),
};

function answer(asked) {
    try {
        return ANSWERS[asked.what](asked);
    } catch (error) {
        if (error instanceof encoding.Unreadable) return { unreadable: error.message };
        throw error;
    }
}

const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(answer)));
