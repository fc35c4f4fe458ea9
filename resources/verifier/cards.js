// What a verdict looks like: one card for each certificate, and one line for each where there are several.

// Words say and write dates in the language of the moment; state holds the list and when it was checked.
var WufeiCards = function (verify, words, state, today) {
    "use strict";

    const say = words.say;
    const dateText = words.dateText;

    // Field of the signed text and its words; the last one helps to find the record, it is not on the paper.
    const FIELDS = {
        number: "verifier.field_number",
        site: "verifier.field_site",
        category: "verifier.field_category",
        level: "verifier.field_level",
        total: "verifier.field_total",
        issued_on: "verifier.field_issued_on",
        valid_until: "verifier.field_valid_until",
        issuer: "verifier.field_issuer",
        document: "verifier.field_document",
        edition: "verifier.field_edition",
        record: "verifier.field_record",
    };
    const TONES = {
        valid: "passed",
        not_yet_valid: "attention",
        expired: "attention",
        suspended: "attention",
        withdrawn: "failed",
        unknown_key: "failed",
        altered: "failed",
        unreadable: "unknown",
    };
    const SHAPES = {
        passed: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M7.5 12.4l3 3l6-6.4",
        attention: "M12 3.2L1.9 20.6h20.2zM12 9.5v5M12 17.4v.4",
        failed: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M8.6 8.6l6.8 6.8M15.4 8.6l-6.8 6.8",
        unknown: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M9.2 9.3a2.9 2.9 0 1 1 4 2.7c-.8.4-1.2 1-1.2 2M12 17.2v.4",
    };

    function made(tag, className, text) {
        const node = document.createElement(tag);
        if (className) node.className = className;
        if (text !== undefined) node.textContent = text;
        return node;
    }

    function within(parent) {
        Array.from(arguments)
            .slice(1)
            .forEach((child) => child && parent.appendChild(child));
        return parent;
    }

    function spaced(id) {
        return id.replace(/(.{4})(?=.)/g, "$1 ");
    }

    // Where there are several: one line for each, which leads to its card.
    function summary(judged) {
        const good = judged.filter((result) => lookOf(result).name === "valid").length;
        const head = made("h2", "summary", say("verifier.several", { count: judged.length, good: good }));
        head.tabIndex = -1;
        const rows = made("tbody");
        judged.forEach((result, at) => {
            const verdict = made("th");
            verdict.scope = "row";
            const link = made("a", "said-" + lookOf(result).tone, say("verifier.short_" + lookOf(result).name));
            link.href = "#certificate-" + at;
            const fields = result.fields || { number: "", site: "" };
            within(
                rows,
                within(made("tr"), within(verdict, link), made("td", "", fields.number), made("td", "", fields.site))
            );
        });
        return within(made("section", "card"), head, within(made("table", "several"), rows));
    }

    // How to put a verdict: a good signature says nothing about what happened after the list.
    function lookOf(result) {
        const name = result.verdict;
        if (name === "unknown_key" && result.notes.indexOf("key_given_up") >= 0)
            return { name: "key_given_up", tone: "failed" };
        if (name !== "valid") return { name: name, tone: TONES[name] };
        if (result.fields.example) return { name: "valid_example", tone: "attention" };
        if (!result.status) return { name: "valid_no_list", tone: "attention" };
        return result.status.stale ? { name: "valid_old_list", tone: "attention" } : { name: "valid", tone: "passed" };
    }

    // What the sentences about a result name.
    function valuesOf(result) {
        const values = { limit: verify.STALE_DAYS, today: dateText(today()) };
        if (result.status)
            Object.assign(values, { days: result.status.age_days, as_of: dateText(result.status.as_of) });
        if (result.since) values.since = dateText(result.since);
        if (state.list) values.list_issuer = state.list.issuer;
        if (!result.fields) return values;
        const dates = { from: dateText(result.fields.issued_on), until: dateText(result.fields.valid_until) };
        return Object.assign(values, dates, { issuer: result.fields.issuer, signer: result.key.issuer });
    }

    function card(result) {
        const look = lookOf(result);
        const values = valuesOf(result);
        const section = made("section", "card result");
        const head = made("h2", "verdict", say("verifier.verdict_" + look.name, values));
        head.tabIndex = -1;
        const words = within(made("div"), head, made("p", "", say("verifier.meaning_" + look.name, values)));
        within(section, within(made("div", "banner " + look.tone), shape(look.tone), words));
        const inside = made("div", "inside");
        within(
            inside,
            notes(result, values),
            made("h3", "", say("verifier.next")),
            made("p", "", say("verifier.next_" + look.name, values))
        );
        const heading = verify.isProved(result.verdict) ? "verifier.fields" : "verifier.fields_unproven";
        const warned = verify.isProved(result.verdict) ? "" : "warned";
        if (result.fields) within(inside, made("h3", warned, say(heading)), fieldTable(result));
        within(inside, made("h3", "", say("verifier.grounds")), grounds(result));
        return within(section, inside);
    }

    function shape(tone) {
        const space = "http://www.w3.org/2000/svg";
        const drawing = document.createElementNS(space, "svg");
        const path = document.createElementNS(space, "path");
        const looks = {
            viewBox: "0 0 24 24",
            fill: "none",
            stroke: "currentColor",
            "stroke-width": "2",
            "aria-hidden": "true",
        };
        Object.keys(looks).forEach((name) => drawing.setAttribute(name, looks[name]));
        path.setAttribute("d", SHAPES[tone]);
        path.setAttribute("stroke-linecap", "round");
        path.setAttribute("stroke-linejoin", "round");
        return within(drawing, path);
    }

    // The two about the key are what the verdict says anyway.
    const NOTES = {
        example: "verifier.note_example",
        model: "verifier.note_model",
        before_issue: "verifier.note_before_issue",
        other_issuer: "verifier.note_other_issuer",
        list_of_others: "verifier.note_list_of_others",
        clock: "verifier.note_clock",
    };

    function notes(result, values) {
        const said = result.notes.filter((note) => note in NOTES);
        if (!said.length) return null;
        return within.apply(
            null,
            [made("ul", "notes")].concat(said.map((note) => made("li", "", say(NOTES[note], values))))
        );
    }

    function fieldTable(result) {
        const rows = made("tbody");
        Object.keys(FIELDS).forEach((name) => {
            const value = result.fields[name];
            const shown =
                name === "issued_on" || name === "valid_until" ? dateText(value) : value || say("verifier.empty");
            addRow(rows, say(FIELDS[name]), shown, name === "record");
        });
        const flags = (result.fields.example ? ["verifier.flag_example"] : []).concat(
            result.fields.model ? ["verifier.flag_model"] : []
        );
        addRow(
            rows,
            say("verifier.field_flags"),
            flags.map((key) => say(key)).join(say("verifier.comma")) || say("verifier.empty")
        );
        return within(made("table", verify.isProved(result.verdict) ? "plain" : "doubtful"), rows);
    }

    function addRow(rows, label, text, technical) {
        const head = made("th", "", label);
        head.scope = "row";
        const cell = technical ? within(made("td"), made("code", "", text)) : made("td", "", text);
        rows.appendChild(within(made("tr"), head, cell));
    }

    function grounds(result) {
        const rows = made("tbody");
        if (result.key) {
            addRow(
                rows,
                say(verify.isProved(result.verdict) ? "verifier.ground_key" : "verifier.ground_key_named"),
                spaced(result.key.id),
                true
            );
            addRow(rows, say("verifier.ground_key_of"), keyWords(result.key));
        }
        const status = result.status;
        const words =
            status && say("verifier.ground_list_line", { date: dateText(status.as_of), days: status.age_days });
        if (result.key) addRow(rows, say("verifier.ground_list"), status ? words : say("verifier.list_none"));
        addRow(rows, say("verifier.ground_day"), dateText(result.judged_on));
        addRow(
            rows,
            say("verifier.ground_time"),
            state.checkedAt.toLocaleString(state.language === "zh" ? "zh-CN" : "en-GB")
        );
        return within(made("table"), rows);
    }

    function keyWords(key) {
        if (key.issuer === null) return say("verifier.key_unknown");
        const values = { issuer: key.issuer, since: dateText(key.since) };
        if (!key.replaced_on) return say("verifier.key_line", values);
        return say("verifier.key_line_until", Object.assign(values, { until: dateText(key.replaced_on) }));
    }

    return { card: card, made: made, spaced: spaced, summary: summary, within: within };
};
