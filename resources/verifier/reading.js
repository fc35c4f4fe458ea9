// From files and from the camera to bytes, pixels and the texts of codes: what needs a browser, but no page.

var WufeiReading = (function (finding, readCode) {
    "use strict";

    function bytesOf(file) {
        return new Promise((resolve, reject) => {
            const reader = new FileReader();
            reader.onload = () => resolve(new Uint8Array(reader.result));
            reader.onerror = () => reject(reader.error);
            reader.readAsArrayBuffer(file);
        });
    }

    // --- codes

    // The browser's own reader of codes, or null.
    function detector() {
        if (!("BarcodeDetector" in window)) return Promise.resolve(null);
        return window.BarcodeDetector.getSupportedFormats()
            .then((formats) =>
                formats.indexOf("qr_code") < 0 ? null : new window.BarcodeDetector({ formats: ["qr_code"] })
            )
            .catch(() => null);
    }

    function codesInPicture(file) {
        return pictureOf(file).then((picture) =>
            detected(picture).then((codes) => {
                if (codes.length) return codes.filter(finding.isSignedText);
                const pixels = pixelsOf(picture, picture.naturalWidth, picture.naturalHeight, 3000);
                const code = finding.textInPicture(readCode, pixels.data, pixels.width, pixels.height);
                return code === null ? [] : [code].filter(finding.isSignedText);
            })
        );
    }

    function detected(picture) {
        return detector()
            .then((found) => (found ? found.detect(picture) : []))
            .then((codes) => codes.map((code) => code.rawValue).filter((text) => text))
            .catch(() => []);
    }

    function pictureOf(file) {
        return new Promise((resolve, reject) => {
            const picture = new Image();
            const address = URL.createObjectURL(file);
            picture.onload = () => (URL.revokeObjectURL(address), resolve(picture));
            picture.onerror = () => (URL.revokeObjectURL(address), reject(new Error("picture")));
            picture.src = address;
        });
    }

    function pixelsOf(picture, width, height, longest) {
        const scale = Math.min(1, longest / Math.max(width, height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(width * scale));
        canvas.height = Math.max(1, Math.round(height * scale));
        const context = canvas.getContext("2d");
        context.fillStyle = "#ffffff"; // behind what is transparent
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(picture, 0, 0, canvas.width, canvas.height);
        return context.getImageData(0, 0, canvas.width, canvas.height);
    }

    // Texts in what the camera sees now; one of the two ways to look.
    function codesInFrame(found, video, soft) {
        if (found) return found.detect(video).then((codes) => codes.map((code) => code.rawValue));
        return Promise.resolve(codesNow(video, soft));
    }

    function codesNow(video, soft) {
        const pixels = pixelsOf(video, video.videoWidth, video.videoHeight, 1280);
        const code = finding.textInFrame(readCode, pixels.data, pixels.width, pixels.height, soft);
        return code === null ? [] : [code];
    }

    return { bytesOf: bytesOf, codesInFrame: codesInFrame, codesInPicture: codesInPicture, detector: detector };
})(WufeiFinding, self.jsQR);
