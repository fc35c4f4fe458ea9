// Where signed texts are: in the bytes of a PDF, in the pixels of a picture. No page; the reader of codes is handed in.

var WufeiFinding = (function () {
    "use strict";

    const MARK = "WFC1:";
    const EDGES = [1200, 1700, 900, 2400, 600]; // longest edges at which a picture is looked at
    const LARGEST = 2400;

    // What was pasted, as signed texts: each begins a line with its mark. Without any, it is one text.
    function textsInText(text) {
        const parts = text.split(/^[ \t\ufeff]*(?=WFC1:)/m);
        return parts.length === 1 && !text.replace(/^[ \t\ufeff]+/, "").startsWith(MARK)
            ? [text]
            : once(parts.filter((part) => part.indexOf(MARK) === 0));
    }

    // Every signed text in the bytes of a PDF: they stand in its information or its metadata, uncompressed.
    function textsInPdf(bytes) {
        const content = latin(bytes);
        // A program that saved the PDF anew may have written two bytes for each sign: then every other one is zero.
        const wide = content.indexOf("W\0F\0C\0") < 0 ? "" : content.replace(/\0/g, "");
        const runs = [content, wide].reduce(
            (all, text) => all.concat(text.match(/WFC1:[0-9A-Z $%*+\-.\/:]{1,6000}/g) || []),
            []
        );
        return once(runs.reduce((all, run) => all.concat(run.split(/ +(?=WFC1:)/)), []));
    }

    function isSignedText(text) {
        return text.indexOf(MARK) === 0;
    }

    function once(texts) {
        const tidy = texts.map((text) => text.trim());
        return tidy.filter((text, at) => tidy.indexOf(text) === at);
    }

    function latin(bytes) {
        const parts = [];
        for (let at = 0; at < bytes.length; at += 0x8000) {
            parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + 0x8000)));
        }
        return parts.join("");
    }

    function isPdf(bytes) {
        return latin(bytes.subarray(0, 1024)).indexOf("%PDF-") >= 0;
    }

    // The text of a QR code in a picture (RGBA, as a canvas gives it), or null. Codes are found at one size and missed at
    // another, and grain hides them unless it is smoothed away, which in turn blurs the smallest ones.
    function textInPicture(readCode, pixels, width, height) {
        const longest = Math.max(width, height);
        const edges = EDGES.filter((edge) => edge < longest);
        if (longest <= LARGEST) edges.splice(longest < EDGES[0] ? 0 : 1, 0, longest);
        for (const edge of edges) {
            const sized =
                edge === longest
                    ? { data: pixels, width: width, height: height }
                    : smaller(pixels, width, height, edge);
            for (const soft of [true, false]) {
                const text = textInFrame(readCode, sized.data, sized.width, sized.height, soft);
                if (text !== null) return text;
            }
        }
        return null;
    }

    // One try, quick enough for the pictures of a running camera.
    function textInFrame(readCode, pixels, width, height, soft) {
        const seen = soft ? smoothed(pixels, width, height) : pixels;
        const code = readCode(seen, width, height, { inversionAttempts: "dontInvert" });
        return code && code.data ? code.data : null;
    }

    // In gray, each pixel the mean of the nine around it.
    function smoothed(pixels, width, height) {
        const gray = new Uint8ClampedArray(width * height);
        for (let at = 0; at < gray.length; at++) {
            gray[at] = (pixels[at * 4] * 77 + pixels[at * 4 + 1] * 150 + pixels[at * 4 + 2] * 29) >> 8;
        }
        const data = new Uint8ClampedArray(pixels.length).fill(255);
        for (let y = 1; y < height - 1; y++) {
            for (let x = 1; x < width - 1; x++) {
                let sum = 0;
                for (let row = (y - 1) * width + x; row <= (y + 1) * width + x; row += width)
                    sum += gray[row - 1] + gray[row] + gray[row + 1];
                const place = (y * width + x) * 4;
                data[place] = data[place + 1] = data[place + 2] = sum / 9;
            }
        }
        return data;
    }

    // Each new pixel is the mean of those it covers, so that fine modules turn gray and not into noise.
    function smaller(pixels, width, height, edge) {
        const scale = Math.max(width, height) / edge;
        const across = Math.max(1, Math.floor(width / scale));
        const down = Math.max(1, Math.floor(height / scale));
        const data = new Uint8ClampedArray(across * down * 4);
        for (let y = 0; y < down; y++) {
            const top = Math.floor(y * scale);
            const bottom = Math.max(top + 1, Math.min(height, Math.floor((y + 1) * scale)));
            for (let x = 0; x < across; x++) {
                const left = Math.floor(x * scale);
                const right = Math.max(left + 1, Math.min(width, Math.floor((x + 1) * scale)));
                meanInto(data, (y * across + x) * 4, pixels, width, left, top, right, bottom);
            }
        }
        return { data: data, width: across, height: down };
    }

    function meanInto(data, place, pixels, width, left, top, right, bottom) {
        const sum = [0, 0, 0];
        for (let y = top; y < bottom; y++) {
            for (let at = (y * width + left) * 4, end = (y * width + right) * 4; at < end; at += 4) {
                for (let color = 0; color < 3; color++) sum[color] += pixels[at + color];
            }
        }
        const count = (right - left) * (bottom - top);
        for (let color = 0; color < 3; color++) data[place + color] = sum[color] / count;
        data[place + 3] = 255;
    }

    return {
        isPdf: isPdf,
        isSignedText: isSignedText,
        textInFrame: textInFrame,
        textInPicture: textInPicture,
        textsInPdf: textsInPdf,
        textsInText: textsInText,
    };
})();

if (typeof module !== "undefined") module.exports = WufeiFinding;
