// The page around the logic: takes a certificate in, shows what it is worth. Nothing leaves this machine.

(function (verify, finding, reading) {
    "use strict";

    const data = JSON.parse(byId("data").textContent);
    const state = {
        language: "zh",
        trust: verify.trust(data.keys),
        list: null,
        texts: [],
        judged: null,
        checkedAt: null,
        news: {},
        stream: null,
        soft: false,
    };

    // --- words

    function say(key, values) {
        const sentence = (data.words[key] || {})[state.language] || key;
        return sentence.replace(/\{(\w+)\}/g, (slot, name) => (values && name in values ? String(values[name]) : slot));
    }

    function dateText(iso) {
        const parts = iso.split("-").map(Number);
        return say("verifier.date", { iso: iso, year: parts[0], month: parts[1], day: parts[2] });
    }

    function byId(id) {
        return document.getElementById(id);
    }

    // --- showing

    const cards = WufeiCards(verify, { say: say, dateText: dateText }, state, today);
    const made = cards.made;
    const within = cards.within;

    function show() {
        document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
        document.title = say("verifier.title");
        document.querySelectorAll("[data-say]").forEach((node) => (node.textContent = say(node.dataset.say)));
        document
            .querySelectorAll("[data-name]")
            .forEach((node) => node.setAttribute("aria-label", say(node.dataset.name)));
        const other = state.language === "zh" ? "en" : "zh";
        byId("language").textContent = data.words["verifier.language"][other];
        byId("language").lang = other === "zh" ? "zh-CN" : "en";
        byId("issuer").textContent = data.issuer;
        byId("camera").textContent = say(state.stream ? "verifier.camera_stop" : "verifier.camera_start");
        ["news", "camera-news", "list-news"].forEach((place) => {
            byId(place).textContent = state.news[place] ? say(state.news[place].key, state.news[place].values) : "";
        });
        showList();
        showKeys();
        showResults();
    }

    function tell(place, key, values) {
        state.news[place] = key ? { key: key, values: values } : null;
        show();
    }

    function showList() {
        const status = state.list && verify.statusOf(state.list, Math.max(verify.dayOf(today()), state.list.asOf));
        byId("list-line").textContent = !status
            ? say("verifier.list_none")
            : say(status.stale ? "verifier.list_old" : "verifier.list_line", {
                  date: dateText(status.as_of),
                  days: status.age_days,
                  count: state.list.count,
              });
    }

    function showKeys() {
        const list = byId("keys");
        list.textContent = "";
        if (!state.trust.keys.size) within(list, made("li", "", say("verifier.keys_none")));
        state.trust.keys.forEach((key) => {
            const values = { issuer: key.issuer, since: dateText(verify.dateOf(key.since)) };
            within(
                list,
                within(
                    made("li"),
                    made("code", "", cards.spaced(key.id)),
                    made("div", "", say("verifier.key_line", values))
                )
            );
        });
    }

    function showResults() {
        const place = byId("verdicts");
        place.textContent = "";
        byId("guide").hidden = state.texts.length > 0;
        document.body.classList.toggle("checked-once", state.texts.length > 0);
        if (!state.texts.length) return;
        // Kept, because a signature takes a hundredth of a second, and a PDF may hold hundreds.
        if (!state.judged)
            state.judged = state.texts.map((text) => verify.verify(text, state.trust, state.list, today()));
        const judged = state.judged;
        if (judged.length > 1) place.appendChild(cards.summary(judged));
        judged.forEach((result, at) => (place.appendChild(cards.card(result)).id = "certificate-" + at));
        const row = made("div", "row");
        const print = made("button", "", say("verifier.print"));
        print.type = "button";
        print.addEventListener("click", () => window.print());
        within(place, within(row, print));
    }

    // --- taking in

    function today() {
        const now = new Date();
        const two = (number) => (number < 10 ? "0" : "") + number;
        return ("000" + now.getFullYear()).slice(-4) + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    }

    function judge(texts) {
        stopCamera();
        state.texts = texts;
        state.judged = null;
        state.checkedAt = new Date();
        tell("news", null);
        const head = document.querySelector(".summary, .verdict");
        if (!head) return;
        head.focus({ preventScroll: true });
        byId("results").scrollIntoView();
    }

    function judgeText(text) {
        judge(finding.textsInText(text));
    }

    // What the last file said goes away first: nobody must take it for the answer to the next one.
    function takeFiles(files) {
        state.texts = [];
        tell("news", null);
        const readOn = (before, file) => before.then((texts) => readFile(file).then((more) => texts.concat(more)));
        Array.from(files)
            .reduce(readOn, Promise.resolve([]))
            .then((texts) => {
                const missed = state.news.news;
                const found = texts.filter((text, at) => texts.indexOf(text) === at);
                if (found.length) judge(found);
                if (missed && missed.key !== "verifier.reading") tell("news", missed.key, missed.values);
            });
    }

    // Give the signed texts of a file; say what is the matter when there are none.
    function readFile(file) {
        if (!state.news.news) tell("news", "verifier.reading", { file: file.name });
        return reading
            .bytesOf(file)
            .then((bytes) => {
                if (finding.isPdf(bytes)) {
                    const texts = finding.textsInPdf(bytes);
                    return texts.length ? texts : nothing("verifier.pdf_without", file);
                }
                if (/json$/i.test(file.name)) return takeList(bytes);
                return reading
                    .codesInPicture(file)
                    .then((codes) => (codes.length ? codes : nothing("verifier.picture_without", file)));
            })
            .catch(() => nothing("verifier.file_not_readable", file));
    }

    function nothing(key, file) {
        tell("news", key, { file: file.name });
        return [];
    }

    function takeList(bytes) {
        const read = verify.statusList(textOf(bytes), state.trust);
        tell("news", null);
        if (read.problem) tell("list-news", "verifier." + read.problem);
        else if (state.list && verify.isOlder(read.list, state.list))
            tell("list-news", "verifier.list_older", {
                date: dateText(verify.dateOf(read.list.asOf)),
                serial: read.list.serial,
                known: dateText(verify.dateOf(state.list.asOf)),
                known_serial: state.list.serial,
            });
        else {
            [state.list, state.trust] = [read.list, read.trust];
            state.judged = null;
            state.checkedAt = new Date();
            tell("list-news", "verifier.list_taken");
        }
        return [];
    }

    function textOf(bytes) {
        try {
            return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch (error) {
            return "";
        }
    }

    // --- the camera

    function startCamera() {
        if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return noCamera("verifier.camera_missing");
        const wanted = {
            video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
            audio: false,
        };
        tell("camera-news", "verifier.camera_asking");
        return navigator.mediaDevices.getUserMedia(wanted).then(
            (stream) => {
                state.stream = stream;
                byId("finder").hidden = false;
                byId("video").srcObject = stream;
                byId("video").play();
                tell("camera-news", null);
                reading.detector().then((found) => lookForCode(found, stream));
            },
            (error) =>
                noCamera(error.name === "NotAllowedError" ? "verifier.camera_refused" : "verifier.camera_missing")
        );
    }

    function noCamera(key) {
        byId("photo-row").hidden = false;
        tell("camera-news", key);
    }

    function stopCamera() {
        if (state.stream) state.stream.getTracks().forEach((track) => track.stop());
        state.stream = null;
        byId("video").srcObject = null;
        byId("finder").hidden = true;
        state.news["camera-news"] = null;
    }

    function lookForCode(found, stream) {
        if (state.stream !== stream) return;
        const video = byId("video");
        const again = () => setTimeout(() => lookForCode(found, stream), 120);
        if (!video.videoWidth) return void again();
        state.soft = !state.soft; // one time for grain, one time for small codes
        reading
            .codesInFrame(found, video, state.soft)
            .catch(() => [])
            .then((texts) => {
                if (state.stream !== stream) return;
                const ours = texts.filter(finding.isSignedText);
                if (ours.length) return void judgeText(ours[0]);
                if (texts.length && !state.news["camera-news"]) tell("camera-news", "verifier.camera_other");
                again();
            });
    }

    // --- the start

    function takeHash() {
        const hash = location.hash.slice(1);
        if (hash.indexOf("WFC1") !== 0) return;
        const ways = [hash.replace(/%20/g, " ")];
        try {
            ways.unshift(decodeURIComponent(hash)); // "%" is a sign of Base45, too, so both readings are tried
        } catch (error) {
            // not encoded
        }
        const readable = ways.filter(
            (text) => verify.verify(text, state.trust, null, today()).verdict !== "unreadable"
        );
        judge([readable[0] || ways[0]]);
    }

    function listen() {
        byId("language").addEventListener("click", () => {
            state.language = state.language === "zh" ? "en" : "zh";
            show();
        });
        byId("camera").addEventListener("click", () => (state.stream ? (stopCamera(), show()) : startCamera()));
        byId("check").addEventListener("click", () => {
            if (byId("text").value.trim()) judgeText(byId("text").value);
            else byId("text").focus();
        });
        ["photo", "file"].forEach((id) =>
            byId(id).addEventListener("change", (event) => takenFrom(event.target, takeFiles))
        );
        byId("list").addEventListener("change", (event) =>
            takenFrom(event.target, (files) => reading.bytesOf(files[0]).then(takeList))
        );
        document.addEventListener("dragover", (event) => {
            event.preventDefault();
            document.body.classList.add("dropping");
        });
        ["dragleave", "drop"].forEach((name) =>
            document.addEventListener(name, () => document.body.classList.remove("dropping"))
        );
        document.addEventListener("drop", (event) => {
            event.preventDefault();
            if (event.dataTransfer.files.length) takeFiles(event.dataTransfer.files);
            else if (event.dataTransfer.getData("text")) judgeText(event.dataTransfer.getData("text"));
        });
        window.addEventListener("hashchange", takeHash);
    }

    // The same file may be chosen twice in a row.
    function takenFrom(input, take) {
        const files = Array.from(input.files);
        input.value = "";
        if (files.length) take(files);
    }

    if (data.status_list) {
        const read = verify.statusList(data.status_list, state.trust);
        if (read.problem) state.news["list-news"] = { key: "verifier." + read.problem };
        else [state.list, state.trust] = [read.list, read.trust];
    }
    if (/^en\b/i.test(location.search.slice(1))) state.language = "en"; // page.html?en
    listen();
    show();
    takeHash();
})(WufeiVerify, WufeiFinding, WufeiReading);
