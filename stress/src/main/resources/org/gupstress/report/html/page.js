// SPDX-License-Identifier: Apache-2.0
"use strict";
// Shows the data of the page. It makes elements and texts, never markup: whatever a result holds is shown, not run.
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const texts = data.texts;
const main = document.getElementById("main");
const live = document.getElementById("live");
const controls = Object.fromEntries(["query", "design", "claim", "verdict"].map(id => [id, document.getElementById(id)]));
const SVG = "http://www.w3.org/2000/svg";

// ---- elements

function put(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
  return node;
}
const h = (name, attributes, ...children) => put(document.createElement(name), attributes, children);
const s = (name, attributes, ...children) => put(document.createElementNS(SVG, name), attributes, children);

const link = (hash, ...children) => h("a", {href: "#" + hash}, children);
const number = n => n.toLocaleString("en-US");
const plural = (n, unit) => number(n) + " " + unit + (n === 1 ? "" : "s");

/** As text.Numbers.share has it. */
function share(x) {
  if (x === 0) return "0 %";
  if (x === 1) return "100 %";
  if (x * 100 >= 99.5) return "> 99 %";
  if (x * 100 < 0.01) return x.toExponential(1).replace("e+", "e");
  return Number((x * 100).toPrecision(2)) + " %";
}
const verdictClass = verdict => "v-" + (verdict === "n/a" ? "na" : verdict);

/** Words of a text as links, where they are ids of races. */
const linked = text => String(text).split(/\b([RGK]-\d{2})\b/).map((part, i) => i % 2 && races.has(part) ? link("race/" + part, part) : part);

// ---- what there is

const races = new Map(data.races.map(race => [race.id, race]));
const checks = new Map(data.checks.map(check => [check.id, check]));
const traces = new Map(data.traces.map(trace => [trace.token, trace]));
const COLUMNS = ["design", "scenario", "kernel", "harm", "share", "preemptions", "steps", "causes", "expected", "misused", "tail", "noReturn", "shared"];
const WORDS = new Set(["design", "scenario", "kernel", "harm", "causes", "shared"]);
const findings = data.audits.flatMap((audit, index) => audit.findings.map(row => {
  const found = {audit: index};
  COLUMNS.forEach((name, i) => { found[name] = WORDS.has(name) ? texts[row[i]] : row[i]; });
  found.claim = data.harms[found.harm][0];
  found.causes = found.causes ? found.causes.split(" ") : [];
  found.token = found.tail ? (found.tail.includes("/") ? found.tail : [found.design, found.scenario, found.kernel, found.tail].join("/")) : "";
  return found;
}));
const simplest = (a, b) => a.preemptions - b.preemptions || a.steps - b.steps || (a.kernel === "production" ? -1 : 1);
const designs = new Map();
data.audits.forEach(audit => audit.designs.forEach(design => designs.set(design.id, {audit, design})));
data.storms.forEach(storm => { if (!designs.has(storm.design)) designs.set(storm.design, {audit: null, design: null}); });
const scenarios = Object.assign({}, ...data.audits.map(audit => audit.scenarios));

// ---- the frame

const PARTS = [
  ["court", "Court", data.audits.length > 0],
  ["findings", "Findings", findings.length > 0],
  ["changes", "Changes", Boolean(data.changes)],
  ["traces", "Step by step", data.traces.length > 0],
  ["outcomes", "jcstress", data.outcomes.length > 0],
  ["storms", "Storms", data.storms.length > 0],
  ["bench", "Benchmarks", data.bench.length > 0],
  ["designs", "Designs", designs.size > 0],
  ["races", "Races", true],
].filter(part => part[2]);

function frame() {
  document.getElementById("nav").replaceChildren(...PARTS.map(([hash, name]) => h("a", {href: "#" + hash, "data-part": hash}, name)));
  const options = (select, all, every) => select.replaceChildren(h("option", {value: ""}, every), ...all.map(id => h("option", {value: id}, id)));
  options(controls.design, [...designs.keys()], "all");
  options(controls.claim, Object.keys(data.claims), "all");
  options(controls.verdict, ["violated", "holds", "not-met", "incomplete", "not-run", "n/a"], "any");
  document.getElementById("filters").addEventListener("submit", event => event.preventDefault());
  document.getElementById("filters").addEventListener("input", () => show(true));
  document.getElementById("clear").addEventListener("click", () => {
    Object.values(controls).forEach(control => { control.value = ""; });
    show(true);
  });
  document.getElementById("foot").replaceChildren(
    "gupstress " + data.version + ". It is a model in Java, not the kernel: holds is said of every interleaving"
    + " within the sizes explored, sequentially consistent unless another memory was asked for. Confirmation is KCSAN or klitmus7 on the real patch. Made from " + data.files.join(", ") + ".");
  theme();
}

function theme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem("gupstress-theme"); } catch { /* a file may have no storage */ }
  const set = name => {
    root.dataset.theme = name;
    button.setAttribute("aria-pressed", String(name === "dark"));
  };
  set(kept ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  button.addEventListener("click", () => {
    const name = root.dataset.theme === "dark" ? "light" : "dark";
    set(name);
    try { localStorage.setItem("gupstress-theme", name); } catch { /* then it lasts as long as the page */ }
  });
}

// ---- the court

const wantedDesign = id => !controls.design.value || controls.design.value === id;
const wantedClaim = id => !controls.claim.value || controls.claim.value === id;
const wantedVerdict = id => !controls.verdict.value || controls.verdict.value === id;
const isFiltered = () => Boolean(controls.design.value || controls.claim.value || controls.verdict.value);

function court() {
  return data.audits.map((audit, index) => [
    h("h2", {}, "Which claims hold for which way to pin pages"),
    h("p", {class: "lead"}, plural(audit.designs.length, "design") + ", " + plural(Object.keys(audit.scenarios).length, "scenario") + ", "
      + audit.kernels.join(" and ") + " kernel: " + audit.interleavings + " interleavings covered in " + audit.states + " states"
      + (audit.seconds ? ", " + audit.seconds : ", cut off") + "."),
    h("p", {class: "muted"}, "Click a cell to see what breaks the claim, step by step."),
    audit.unjudged.length > 0 && h("p", {}, "The result is of an earlier version of the tool, which did not judge " + audit.unjudged.join(", ") + "."),
    courtTable(audit, index),
    audit.open.length > 0 && h("details", {}, h("summary", {}, plural(audit.open.length, "run") + " not covered or not met"),
      h("ul", {}, audit.open.map(line => h("li", {}, line)))),
  ]);
}

/** Words between which a line may be broken, and not inside of them. */
const whole = words => words.split(" ").map(word => [h("span", {class: "whole"}, word), " "]);

function courtTable(audit, index) {
  const columns = audit.designs.filter(design => wantedDesign(design.id));
  const rows = audit.claims.filter(wantedClaim)
    .filter(claim => columns.some(design => wantedVerdict(design.cells[claim].verdict)));
  const cell = (design, claim) => {
    const known = design.cells[claim];
    if (!wantedVerdict(known.verdict)) return h("td", {role: "cell"}, "");
    const name = design.id + ", " + claim + ": " + known.verdict + (known.causes.length ? ", " + known.causes.join(" ") : "");
    return h("td", {role: "cell"}, h("a", {class: "cell " + verdictClass(known.verdict), href: "#" + ["cell", index, design.id, claim].map(encodeURIComponent).join("/"),
      "aria-label": name, "data-design": design.id}, known.causes.length ? [h("b", {}, "violated"), whole(known.words)] : whole(known.words)));
  };
  if (rows.length === 0) return h("p", {}, "No cell is like that.");
  return h("div", {class: "scroll", role: "region", "aria-label": "Court", tabindex: "0"}, h("table", {class: "court", role: "table"},
    h("caption", {class: "hidden"}, "Rows are claims, columns are designs"),
    h("thead", {role: "rowgroup"}, h("tr", {role: "row"}, h("th", {role: "columnheader", scope: "col"}, "claim"),
      columns.map(design => h("th", {role: "columnheader", scope: "col"}, link("design/" + encodeURIComponent(design.id), design.id))))),
    h("tbody", {role: "rowgroup"}, rows.map(claim => h("tr", {role: "row"},
      h("th", {role: "rowheader", scope: "row", title: data.claims[claim].sentence}, claim),
      columns.map(design => cell(design, claim)))),
      !controls.claim.value && !controls.verdict.value && columns.some(design => design.callers !== undefined) && h("tr", {role: "row"},
        h("th", {role: "rowheader", scope: "row"}, "unconverted callers"),
        columns.map(design => h("td", {role: "cell"}, h("a", {class: "cell v-na", "data-design": design.id,
          "aria-label": design.id + ", unconverted callers: " + design.callers, href: "#" + ["cell", index, design.id, "callers"].map(encodeURIComponent).join("/")}, whole(design.callers))))))));
}

/** What stands behind a cell: the races that break the claim, and the shortest way to each. */
function cellView(index, id, claim, chosen) {
  const audit = data.audits[index];
  const design = audit?.designs.find(each => each.id === id);
  const isCallers = claim === "callers";
  if (!design || (!isCallers && !design.cells[claim])) return nothing("There is no such cell.");
  const known = isCallers ? null : design.cells[claim];
  const mine = findings.filter(found => found.audit === index && found.design === id
    && (isCallers ? found.misused === 1 : found.claim === claim && (found.misused === 0 || claim === "design-contract")));
  const groups = new Map();
  mine.forEach(found => (found.causes.length ? found.causes : [found.harm]).forEach(cause => {
    if (!groups.has(cause)) groups.set(cause, []);
    groups.get(cause).push(found);
  }));
  const ways = [...groups].map(([cause, all]) => {
    const harms = new Map();
    all.slice().sort(simplest).forEach(found => {
      if (!harms.has(found.harm) || (!traces.has(harms.get(found.harm).token) && traces.has(found.token))) harms.set(found.harm, found);
    });
    return {cause, all, best: [...harms.values()].sort((a, b) => traces.has(b.token) - traces.has(a.token) || simplest(a, b))};
  }).sort((a, b) => a.cause < b.cause ? -1 : 1);
  const all = ways.flatMap(way => way.best);
  const selected = all.find(found => found.token === chosen) ?? all.find(found => traces.has(found.token)) ?? all[0];
  const head = [
    h("p", {}, link("court", "Court"), " / ", link("design/" + encodeURIComponent(id), id), " / " + (isCallers ? "unconverted callers" : claim)),
    h("h2", {}, isCallers ? "What drivers that misuse their pins do to " + id
      : known.verdict === "violated" ? "Why " + claim + " is violated in " + id : claim + " in " + id + ": " + known.verdict),
    !isCallers && h("p", {class: "lead"}, h("q", {}, data.claims[claim].sentence), " ", h("span", {class: "muted"}, "(" + data.claims[claim].citation + ")")),
    known?.verdict === "violated" && h("p", {}, "In a kernel: " + data.claims[claim].meaning + "."),
    known?.reasons && known.reasons.map(reason => h("p", {}, "The claim says nothing of it: " + reason + ".")),
    known && known.runs > 0 && h("p", {class: "muted"}, (known.verdict === "holds" ? "In every interleaving of " : "Looked for in ") + plural(known.runs, "run") + ": "
      + known.interleavings + " interleavings, " + known.states + " states."),
  ];
  if (all.length === 0) return head;
  const list = ways.map(way => h("section", {},
    h("h3", {}, races.has(way.cause) ? [link("race/" + way.cause, way.cause), " " + races.get(way.cause).sentence] : [data.harms[way.cause] ? data.harms[way.cause][1] : way.cause]),
    way.best.map(found => h("a", {class: "way", href: "#" + ["cell", index, id, claim, found.token].map(encodeURIComponent).join("/"),
      "aria-current": found === selected ? "true" : null},
      h("b", {}, found.harm), ": " + data.harms[found.harm][1], h("br"),
      h("span", {class: "muted"}, found.scenario + ", " + found.kernel + ": " + share(found.share) + " of the interleavings, "
        + plural(found.steps, "step") + (found.expected ? "" : "; nobody expected it")))),
    way.all.length > way.best.length && h("p", {class: "muted"}, plural(way.all.length, "finding") + " in " + plural(new Set(way.all.map(found => found.scenario)).size, "scenario"))));
  return [...head, h("div", {class: "split"}, h("div", {}, list), h("div", {}, counterexample(selected.token, null, selected)))];
}

const nothing = sentence => [h("h2", {}, "Nothing here"), h("p", {}, sentence)];

// ---- a counterexample, step by step

let viewer = null;

function command(line) {
  const button = h("button", {type: "button", onclick: () => {
    navigator.clipboard?.writeText(line).then(() => { live.textContent = "Copied."; button.textContent = "Copied"; }, () => {});
  }}, "Copy");
  return h("div", {class: "command"}, h("code", {}, line), button);
}

/** The viewer of a token, or why there is none. */
function counterexample(token, step, found) {
  const trace = traces.get(token);
  if (trace) return makeViewer(trace, step, found);
  const why = data.untold[token];
  return h("section", {class: "viewer"}, h("h2", {}, found ? found.harm : "A counterexample"),
    found && h("p", {}, data.harms[found.harm][1]),
    data.stories[token] ? [h("p", {}, "Its steps, as they were printed when it was found:"), h("pre", {class: "kept", tabindex: "0"}, data.stories[token])]
      : h("p", {}, token ? (why ? "It cannot be shown here: " + why + ". This shows it:" : "It is not among those that this page shows step by step. This shows it:")
        : "No interleaving can be shown."),
    token && command("gupstress replay '" + token + "'"));
}

function makeViewer(trace, from, found) {
  const last = trace.steps.length;
  const harms = [...new Set((trace.steps.at(-1)?.[8] ?? []).map(pair => texts[pair[0]]))];
  const harm = found && harms.includes(found.harm) ? found.harm : harms[0];
  const odds = trace.odds[harm] ?? Object.values(trace.odds)[0] ?? null;
  const certain = odds ? noReturn(odds) : -1;
  const state = states(trace);
  const rows = [];
  const slider = h("input", {type: "range", min: 0, max: last, value: 0, "aria-label": "Step", oninput: () => go(Number(slider.value))});
  const where = h("output", {});
  const aside = h("div", {class: "state"});
  const cursor = s("line", {class: "cursor", y1: 4, y2: 84});
  const button = (name, text, to) => h("button", {type: "button", "aria-label": name, title: name, onclick: () => go(to())}, text);
  let now = 0;

  function go(step, isQuiet) {
    now = Math.max(0, Math.min(last, step));
    slider.value = now;
    const words = now === 0 ? "before the first step" : stepWords(trace, now);
    slider.setAttribute("aria-valuetext", "step " + now + " of " + last + ", " + words);
    where.textContent = "step " + now + " of " + last + (odds ? ", " + share(odds[now]) : "");
    rows.forEach((row, i) => {
      row.classList.toggle("now", i + 1 === now);
      row.classList.toggle("later", i + 1 > now);
      if (i + 1 === now) row.setAttribute("aria-current", "step"); else row.removeAttribute("aria-current");
    });
    const row = rows[Math.max(0, now - 1)];
    const box = row?.closest(".lanes");
    if (box) box.scrollTop = Math.max(0, row.offsetTop - box.clientHeight / 2);
    cursor.setAttribute("x1", x(now));
    cursor.setAttribute("x2", x(now));
    aside.replaceChildren(...[stateView(trace, state, now)].flat(9).filter(node => node));
    if (!isQuiet) {
      live.textContent = "Step " + now + ": " + words;
      history.replaceState(null, "", "#" + permalink(trace.token, now));
    }
  }

  const x = step => 40 + step * 550 / Math.max(1, last);
  const node = h("section", {class: "viewer", "aria-label": "Counterexample " + trace.token},
    h("p", {class: "harm"}, harms.map(id => h("span", {}, id + ": " + data.harms[id][1] + ". "))),
    h("p", {}, trace.design + " in ", h("b", {}, trace.scenario), ", " + trace.kernel + " kernel, " + trace.size + ". ",
      h("span", {class: "muted"}, trace.sentence + ".")),
    odds && h("p", {}, oddsWords(harm, odds, certain)),
    h("div", {class: "controls"},
      button("First step", "|<", () => 0), button("Step back", "<", () => now - 1), slider,
      button("Step on", ">", () => now + 1), button("Last step", ">|", () => last), where,
      link(permalink(trace.token, last), "Link")),
    h("div", {class: "stage"},
      h("div", {},
        h("div", {class: "lanes", tabindex: "0", role: "region", "aria-label": "Lanes, one for each CPU"}, lanes(trace, rows, go, certain)),
        odds ? oddsChart(odds, certain, x, cursor, go, harm)
          : h("p", {class: "muted"}, "The odds along the way are not in the result file; the command below finds them."),
        (trace.others ?? []).map((other, i) => h("details", {}, h("summary", {}, "It is wrong because of another interleaving, from the same start"
          + (trace.others.length > 1 ? " (" + (i + 1) + ")" : "")), h("div", {class: "lanes", tabindex: "0", role: "region", "aria-label": "The other interleaving"}, lanes({...trace, ...other}, [], null, -1)))),
        h("h3", {}, "The same in a terminal or a mail"), command("gupstress replay '" + trace.token + "'")),
      aside));
  viewer = {go, at: () => now, last, node};
  go(from ?? last, true);
  return node;
}

const permalink = (token, step) => token.replace("#", "%23") + "," + step;
const noReturn = odds => { let step = odds.length - 1; while (step > 0 && odds[step - 1] === 1) step--; return step; };

function oddsWords(harm, odds, certain) {
  const last = odds.length - 1;
  if (certain === 0) return "Every interleaving ends in " + harm + ", from the start.";
  const start = "At the start " + share(odds[0]) + " of the interleavings end in " + harm + "; before step " + certain + " it is " + share(odds[certain - 1]) + ". ";
  return certain === last ? start + "Only that last step makes it certain."
    : [start, h("b", {}, "From step " + certain + " on, every interleaving ends in it: the point of no return.")];
}

function stepWords(trace, n) {
  const step = trace.steps[n - 1];
  return "cpu" + step[0] + (step[1] ? " (interrupt)" : "") + ", " + texts[step[2]] + ": " + (texts[step[6]] || "no access to what others see")
    + step[8].map(pair => "; " + texts[pair[0]] + ": " + texts[pair[1]]).join("");
}

function lanes(trace, rows, go, certain) {
  const before = new Map();
  let cpu = -1;
  const body = trace.steps.map((step, i) => {
    const n = i + 1;
    const context = step[0] + "/" + step[1];
    const operation = texts[step[2]] + (step[1] ? " (interrupt)" : "");
    const path = texts[step[3]];
    const key = operation + "|" + path;
    const isNew = before.get(context) !== key || cpu !== step[0];
    before.set(context, key);
    cpu = step[0];
    const text = texts[step[6]];
    const isRead = /^(read|test) /.test(text) && step[7].length === 0;
    const row = h("tr", {class: n === certain ? "noreturn" : null, onclick: go && (() => go(n))},
      h("th", {class: "n", scope: "row"}, go ? h("a", {href: "#" + permalink(trace.token, n), "aria-label": "step " + n, onclick: event => { event.preventDefault(); go(n); }}, n) : n),
      Array.from({length: trace.cpus}, (_, c) => c !== step[0] ? h("td", {class: "idle"}) : h("td", {"data-cpu": "cpu" + c},
        isNew && h("span", {class: "op"}, operation, path && h("span", {class: "muted"}, " " + path)),
        n === certain && h("span", {class: "flagline"}, "the point of no return"),
        h("span", {class: isRead ? "read" : null}, text || "(nothing that others see)"),
        step[8].map(pair => h("span", {class: "found"}, "=> " + texts[pair[0]] + ": " + texts[pair[1]])))));
    rows.push(row);
    return row;
  });
  return h("table", {}, h("thead", {}, h("tr", {}, h("th", {scope: "col", class: "n"}, "step"),
    Array.from({length: trace.cpus}, (_, c) => h("th", {scope: "col"}, "cpu" + c)))), h("tbody", {}, body));
}

/** The pages, holders and pagevecs after each step. */
function states(trace) {
  let pages = new Map(trace.initial.map(page => [page[0], page]));
  let holders = [];
  let pagevecs = [];
  let buffers = [];
  const all = [{pages, holders, pagevecs, buffers}];
  for (const step of trace.steps) {
    if (step[7].length) {
      pages = new Map(pages);
      step[7].forEach(page => pages.set(page[0], page));
    }
    if (step[9] !== 0) holders = step[9];
    if (step[10] !== 0) pagevecs = step[10];
    if (step[11] !== 0) buffers = step[11];
    all.push({pages, holders, pagevecs, buffers});
  }
  return all;
}

const VIEWS = {L: "list_head lru", P: "pin flag and count", C: "compound_head", D: "pgmap", F: "another field", R: "racy read"};

function stateView(trace, all, now) {
  const {pages, holders, pagevecs, buffers} = all[now];
  const before = all[Math.max(0, now - 1)];
  const step = now > 0 ? trace.steps[now - 1] : null;
  const letters = new Set();
  const cards = [...pages.values()].map(page => pageCard(page, before.pages.get(page[0]), letters));
  return [
    step ? h("div", {}, h("h3", {}, "cpu" + step[0] + (step[1] ? " (interrupt)" : "") + ", " + texts[step[2]]),
      h("div", {class: "source"}, h("span", {class: "muted"}, [texts[step[3]], texts[step[4]]].filter(Boolean).join(", ") || "no function is known"),
        texts[step[5]] && h("code", {}, texts[step[5]]), h("div", {}, texts[step[6]]))) : h("h3", {}, "Before the first step"),
    cards,
    h("div", {class: "key", "aria-hidden": "true"}, [...letters].sort().map(letter => h("span", {}, h("span", {class: "w-" + letter}, letter), VIEWS[letter] ?? letter))),
    h("div", {class: "card"}, h("h3", {}, "Locks"), holders.length === 0 ? h("p", {class: "muted"}, "Nobody holds a lock; interrupts are on.")
      : h("ul", {}, holders.map(holder => h("li", {}, h("b", {}, "cpu" + holder[0] + (holder[1] ? " (interrupt)" : "")), ": "
        + [texts[holder[3]], holder[2] ? "interrupts off" : ""].filter(Boolean).join(", "))))),
    h("div", {class: "card"}, h("h3", {}, "Pagevecs"), pagevecs.length === 0 ? h("p", {class: "muted"}, "Empty.")
      : h("ul", {}, pagevecs.map(pair => h("li", {}, h("b", {}, texts[pair[0]]), ": " + texts[pair[1]])))),
    all.some(each => each.buffers.length > 0) && h("div", {class: "card"}, h("h3", {}, "Store buffers"), buffers.length === 0 ? h("p", {class: "muted"}, "Empty.")
      : h("ul", {}, buffers.map(pair => h("li", {}, h("b", {}, texts[pair[0]]), ": " + texts[pair[1]])))),
  ];
}

function pageCard(page, before, letters) {
  const old = before ?? page;
  const field = (i, content) => h("dd", {}, h("span", {class: page[i] !== old[i] ? "changed" : null}, content));
  const flags = texts[page[6]].split(" ").filter(Boolean);
  const had = new Set(texts[old[6]].split(" "));
  const gone = [...had].filter(flag => flag && !flags.includes(flag));
  return h("div", {class: "card"}, h("h3", {}, "page" + page[0] + (page[3] ? ", free" : "")),
    h("dl", {},
      h("dt", {}, "_refcount"), field(1, page[1] + " (" + texts[page[2]] + ")"),
      page[4] > 0 || old[4] > 0 ? [h("dt", {}, "pins held"), field(4, String(page[4]))] : [],
      h("dt", {}, "list"), field(5, texts[page[5]] || "on none"),
      h("dt", {}, "flags"), h("dd", {}, flags.map(flag => [h("span", {class: had.has(flag) ? null : "changed"}, flag), " "]),
        gone.map(flag => [h("s", {class: "changed"}, flag), " "]), flags.length + gone.length === 0 && "none")),
    word("lru.next", page[7], old[7], texts[page[9]], texts[page[11]].slice(0, 8), texts[old[11]].slice(0, 8), letters),
    word("lru.prev", page[8], old[8], texts[page[10]], texts[page[11]].slice(8), texts[old[11]].slice(8), letters));
}

/** Eight bytes of the union, lowest first as they lie in memory, coloured by the view that wrote each. */
function word(name, now, old, words, writers, wrote, letters) {
  const bytes = hex => texts[hex].match(/../g).reverse();
  const a = bytes(now);
  const b = bytes(old);
  return h("div", {}, h("span", {class: "muted"}, name + " = "), words,
    h("div", {class: "bytes", role: "img", "aria-label": name + " bytes, lowest first: " + a.map((byte, i) => byte + " " + (VIEWS[writers[i]] ?? "nobody")).join(", ")},
      a.map((byte, i) => {
        if (writers[i]) letters.add(writers[i]);
        return h("div", {class: "byte w-" + (writers[i] ?? "F") + (byte !== b[i] || writers[i] !== wrote[i] ? " diff" : "")}, byte, h("i", {}, writers[i] ?? ""));
      })));
}

function oddsChart(odds, certain, x, cursor, go, harm) {
  const y = p => 84 - 80 * p;
  const points = odds.map((p, i) => x(i) + "," + y(p));
  const chart = s("svg", {class: "chart", viewBox: "0 0 600 104", role: "img",
    "aria-label": "Odds of " + harm + " after each step: " + share(odds[0]) + " at the start, certain from step " + certain + " on"},
    [0, 0.5, 1].map(p => [s("line", {class: "axis", x1: 40, x2: 590, y1: y(p), y2: y(p)}), s("text", {x: 34, y: y(p) + 4, "text-anchor": "end"}, p * 100 + " %")]),
    s("polygon", {class: "area", points: [x(0) + "," + y(0), ...points, x(odds.length - 1) + "," + y(0)].join(" ")}),
    s("polyline", {class: "curve", points: points.join(" ")}),
    s("line", {class: "edge", x1: x(certain), x2: x(certain), y1: 4, y2: 84}),
    cursor,
    [0, odds.length - 1].map(i => s("text", {x: x(i), y: 100, "text-anchor": i ? "end" : "start"}, "step " + i)));
  chart.addEventListener("click", event => {
    const box = chart.getBoundingClientRect();
    go(Math.round(((event.clientX - box.left) / box.width * 600 - 40) / 550 * (odds.length - 1)));
  });
  return h("figure", {class: "card"}, h("figcaption", {class: "muted"}, "Share of what may still follow that ends in " + harm), chart);
}

// ---- lists

function findingsView(query) {
  const wanted = findings.filter(found => wantedDesign(found.design) && wantedClaim(found.claim)
    && (!controls.verdict.value || controls.verdict.value === "violated")
    && (!query || [found.design, found.scenario, found.kernel, found.claim, found.harm, data.harms[found.harm][1], ...found.causes].join(" ").toLowerCase().includes(query)));
  const table = h("tbody", {});
  const more = h("button", {type: "button", onclick: () => fill()}, "More");
  let shown = 0;
  function fill() {
    for (const found of wanted.slice(shown, shown + 200)) {
      table.append(h("tr", {}, h("td", {"data-name": "design"}, found.design), h("td", {"data-name": "claim"}, found.claim),
        h("td", {"data-name": "harm"}, found.token ? link(permalink(found.token, found.steps), found.harm) : found.harm, found.expected ? "" : " !"),
        h("td", {"data-name": "scenario"}, found.scenario + (found.misused ? " (misusing driver)" : "")), h("td", {"data-name": "kernel"}, found.kernel),
        h("td", {"data-name": "races"}, found.causes.map(cause => [races.has(cause) ? link("race/" + cause, cause) : cause, " "])),
        h("td", {class: "num", "data-name": "share"}, share(found.share)), h("td", {class: "num", "data-name": "steps"}, found.steps),
        h("td", {class: "num", "data-name": "no return"}, found.noReturn >= 0 ? found.noReturn : "")));
    }
    shown = Math.min(wanted.length, shown + 200);
    more.hidden = shown === wanted.length;
  }
  fill();
  return [h("h2", {}, plural(wanted.length, "finding")),
    wanted.length > 0 && h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Findings"}, h("table", {class: "stack"}, h("thead", {}, h("tr", {},
      ["design", "claim", "harm", "scenario", "kernel", "races", "share", "steps", "no return"].map((name, i) => h("th", {scope: "col", class: i > 5 ? "num" : null}, name)))), table)), more];
}

/** All counterexamples that the page has, whichever engine they are from. */
function tracesView(query) {
  const harmsOf = trace => [...new Set((trace.steps.at(-1)?.[8] ?? []).map(pair => texts[pair[0]]))];
  const wanted = data.traces.map(trace => ({trace, harms: harmsOf(trace)})).filter(({trace, harms}) => wantedDesign(trace.design)
    && (!controls.claim.value || harms.some(harm => wantedClaim(data.harms[harm][0]))) && (!query || (trace.token + " " + harms.join(" ")).toLowerCase().includes(query)));
  return [h("h2", {}, plural(wanted.length, "counterexample") + ", step by step"),
    h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Counterexamples"}, h("table", {class: "stack"}, h("thead", {}, h("tr", {},
      ["design", "scenario", "kernel", "what it does", "steps"].map((name, i) => h("th", {scope: "col", class: i > 3 ? "num" : null}, name)))),
      h("tbody", {}, wanted.map(({trace, harms}) => h("tr", {}, h("td", {"data-name": "design"}, trace.design),
        h("td", {"data-name": "scenario"}, link(permalink(trace.token, trace.steps.length), trace.scenario)), h("td", {"data-name": "kernel"}, trace.kernel),
        h("td", {}, harms.join(", ") || "an outcome"), h("td", {class: "num", "data-name": "steps"}, trace.steps.length)))))),
    Object.entries(data.untold).map(([token, why]) => h("p", {class: "muted"}, token + " is not shown: " + why))];
}

function searchView(query) {
  const has = (...words) => words.join(" ").toLowerCase().includes(query);
  const groups = [
    ["Races", data.races.filter(race => has(race.id, race.sentence, race.story, race.seen)).map(race => h("li", {}, link("race/" + race.id, race.id), " " + race.sentence))],
    ["Claims", Object.entries(data.claims).filter(([id, claim]) => has(id, claim.sentence, claim.meaning)).map(([id, claim]) => h("li", {},
      h("b", {}, id), ": " + claim.sentence, [...designs].map(([name, known]) => known.design?.cells[id] ? [" ", link(["cell", data.audits.indexOf(known.audit), name, id].map(encodeURIComponent).join("/"), name)] : [])))],
    ["Designs", [...designs].filter(([id, known]) => has(id, known.design?.sentence ?? "")).map(([id, known]) => h("li", {}, link("design/" + encodeURIComponent(id), id), " " + (known.design?.sentence ?? "")))],
    ["Scenarios", Object.entries(scenarios).filter(([id, sentence]) => has(id, sentence)).map(([id, sentence]) => h("li", {}, h("b", {}, id), ": " + sentence))],
    ["Outcome tests", data.outcomes.filter(test => has(test.test, test.sentence, ...test.outcomes.map(outcome => outcome.outcome + " " + outcome.sentence))).map(test => h("li", {}, link("outcomes/" + encodeURIComponent(test.test), test.test), " " + test.sentence))],
    ["Step by step", data.traces.filter(trace => has(trace.token)).slice(0, 50).map(trace => h("li", {}, link(permalink(trace.token, trace.steps.length), trace.token)))],
  ].filter(group => group[1].length > 0);
  return [h("h2", {}, "Found for \u201c" + query + "\u201d"), groups.length === 0 && h("p", {}, "Nothing of the catalogue."),
    groups.map(([name, items]) => h("section", {class: "card"}, h("h3", {}, name + " (" + items.length + ")"), h("ul", {}, items.slice(0, 60)))), findingsView(query)];
}

function racesView() {
  const found = new Set(findings.flatMap(each => each.causes));
  return [h("h2", {}, "The catalogue of races"), h("p", {}, "What goes wrong when pages are pinned. R-nn can be found by reading the source; G-nn the explorer found."),
    h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Races"}, h("table", {class: "stack"}, h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "id"), h("th", {scope: "col"}, "what goes wrong"), h("th", {scope: "col"}, "designs"))),
      h("tbody", {}, data.races.filter(race => !controls.design.value || race.designs[controls.design.value]).map(race => h("tr", {}, h("th", {scope: "row"}, link("race/" + race.id, race.id)),
        h("td", {}, race.sentence, found.has(race.id) ? "" : h("span", {class: "muted"}, " (not in this report)")), h("td", {"data-name": "designs"}, Object.keys(race.designs).join(", "))))))),
    h("h3", {}, "Checks"), h("ul", {}, data.checks.map(check => h("li", {}, link("race/" + check.id, check.id), " " + check.sentence)))];
}

function raceView(id) {
  const check = checks.get(id);
  if (check) {
    return [h("h2", {}, id + ": " + check.sentence), check.scenarios && h("p", {}, "Scenarios: " + check.scenarios + "."), h("p", {}, linked(check.races)), check.notShown && h("p", {}, check.notShown)];
  }
  const race = races.get(id);
  if (!race) return nothing("There is no race " + id + ".");
  const mine = findings.filter(found => found.causes.includes(id)).sort(simplest);
  const ways = new Map();
  mine.forEach(found => { if (!ways.has(found.design) || (!traces.has(ways.get(found.design).token) && traces.has(found.token))) ways.set(found.design, found); });
  return [h("p", {}, link("races", "Races"), " / " + id), h("h2", {}, id + ": " + race.sentence), h("p", {class: "lead"}, linked(race.story)),
    h("p", {}, h("b", {}, "What a detector sees. "), linked(race.seen)), race.notShown && h("p", {}, h("b", {}, "What no run shows. "), linked(race.notShown)),
    Object.keys(race.designs).length > 0 && h("dl", {}, Object.entries(race.designs).map(([design, why]) => [h("dt", {}, h("b", {}, design)), h("dd", {}, linked(why))])),
    race.sources.length > 0 && [h("h3", {}, "Sources"), h("ul", {}, race.sources.map(([text, href]) => h("li", {}, /^https:\/\//.test(href) ? h("a", {href, rel: "noreferrer noopener"}, text) : text)))],
    ways.size > 0 && [h("h3", {}, "The shortest way to it, in each design"), h("div", {class: "grid"}, [...ways.values()].map(found => h("a", {class: "way", href: "#" + permalink(found.token, found.steps)},
      h("b", {}, found.design), " " + found.claim + ", " + found.harm, h("br"), h("span", {class: "muted"}, found.scenario + ": " + share(found.share) + ", " + plural(found.steps, "step")))))]];
}

function designsView() {
  return [h("h2", {}, "The designs"), h("div", {class: "grid"}, [...designs].filter(([id]) => wantedDesign(id)).map(([id, known]) => h("section", {class: "card"},
    h("h3", {}, link("design/" + encodeURIComponent(id), id)), known.design && [h("p", {}, known.design.sentence), tally(known.design)])))];
}

function tally(design) {
  const count = new Map();
  Object.values(design.cells).forEach(cell => count.set(cell.verdict, (count.get(cell.verdict) ?? 0) + 1));
  return h("p", {}, [...count].map(([verdict, n]) => h("span", {class: "chip " + verdictClass(verdict)}, n + " " + verdict)));
}

function designView(id) {
  const known = designs.get(id);
  if (!known) return nothing("There is no design " + id + ".");
  const {audit, design} = known;
  const index = data.audits.indexOf(audit);
  const storms = data.storms.filter(storm => storm.design === id);
  const tests = data.outcomes.filter(test => test.design === id);
  const cost = data.bench.map(bench => [bench, bench.figures.filter(figure => figure[0] === id)]).filter(pair => pair[1].length > 0);
  return [h("p", {}, link("designs", "Designs"), " / " + id), h("h2", {}, id), design && [h("p", {class: "lead"}, design.sentence), tally(design),
    h("p", {class: "muted"}, design.interleavings + " interleavings in " + design.states + " states of " + plural(design.runs, "run") + "."),
    h("table", {class: "stack"}, h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "claim"), h("th", {scope: "col"}, "verdict"), h("th", {scope: "col"}, "races"))), h("tbody", {}, audit.claims.map(claim => {
      const cell = design.cells[claim];
      return h("tr", {}, h("th", {scope: "row"}, link(["cell", index, id, claim].map(encodeURIComponent).join("/"), claim)),
        h("td", {}, h("span", {class: "chip " + verdictClass(cell.verdict)}, cell.verdict)), h("td", {}, cell.causes.map(cause => [races.has(cause) ? link("race/" + cause, cause) : cause, " "])));
    }))),
    design.callers !== undefined && h("p", {}, link(["cell", index, id, "callers"].map(encodeURIComponent).join("/"), "Unconverted callers"), ": " + design.callers)],
    cost.length > 0 && [h("h3", {}, "What it costs"), cost.map(([bench, figures]) => h("section", {class: "card"}, h("h3", {}, link("bench/" + encodeURIComponent(bench.question), bench.question)), h("p", {}, bench.sentence),
      h("table", {}, h("thead", {}, h("tr", {}, ["what", "threads", "value", "unit"].map(name => h("th", {scope: "col"}, name)))), h("tbody", {}, figures.map(figure => h("tr", {}, h("td", {}, figure[1]), h("td", {class: "num"}, figure[3]), h("td", {class: "num"}, figure[4]), h("td", {}, figure[2])))))))],
    storms.length > 0 && [h("h3", {}, "In a storm"), storms.map(storm => stormCard(storm))],
    tests.length > 0 && [h("h3", {}, "On real threads"), h("ul", {}, tests.map(test => h("li", {}, link("outcomes/" + encodeURIComponent(test.test), test.test), ": " + test.verdict + ", " + test.sentence)))]];
}

// ---- what ran on real threads

function outcomesView(name) {
  const query = controls.query.value.trim().toLowerCase();
  const wanted = data.outcomes.filter(test => (!name || test.test === name) && wantedDesign(test.design) && (!query || test.test.toLowerCase().includes(query)));
  return [h("h2", {}, "Outcomes on real threads, by jcstress"), name && h("p", {}, link("outcomes", "All tests")),
    wanted.map(test => h("section", {class: "card"}, h("h3", {}, test.test + ": " + test.verdict), h("p", {}, test.sentence),
      h("p", {class: "muted"}, test.samples + " samples, " + test.rate + " a second, " + plural(test.configurations, "configuration") + "." + (test.reason ? " " + test.reason : "")),
      h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Outcomes of " + test.test}, h("table", {class: "stack"}, h("thead", {}, h("tr", {}, ["outcome", "grade", "samples", "frequency", "explorer", "what it means"].map((column, i) => h("th", {scope: "col", class: i > 1 && i < 5 ? "num" : null}, column)))),
        h("tbody", {}, test.outcomes.map(outcome => h("tr", {}, h("th", {scope: "row"}, outcome.outcome), h("td", {"data-name": "grade"}, h("span", {class: "chip " + (outcome.grade === "forbidden" ? "v-violated" : outcome.grade === "acceptable" ? "v-holds" : "v-na")}, outcome.grade)),
          h("td", {class: "num", "data-name": "samples"}, outcome.samples), h("td", {class: "num", "data-name": "frequency"}, outcome.frequency),
          h("td", {class: "num", "data-name": "explorer"}, outcome.token ? link(permalink(outcome.token, traces.get(outcome.token)?.steps.length ?? 0), outcome.share) : "no way"), h("td", {}, linked(outcome.sentence)))))))))];
}

function stormsView() {
  return [h("h2", {}, "Storms: threads as CPUs, under memory pressure"), data.storms.filter(storm => wantedDesign(storm.design)).map(storm => stormCard(storm))];
}

function stormCard(storm) {
  return h("section", {class: "card"}, h("h3", {}, storm.design + ", " + storm.kernel + " kernel"),
    h("p", {class: "muted"}, [storm.cpus, storm.pages, storm.duration, "seed " + storm.seed, storm.mix].join(", ") + (storm.ending ? "" : "; cut off")),
    h("div", {class: "grid"}, [["stranded", "stranded pages"], ["reclaimable", "reclaimable share of memory"], ["wait", "lru_lock wait, p99, ns"], ["gup", "gup_lock wait, p99, ns"], ["pins", "pins a second"], ["reclaimed", "pages reclaimed a second"]]
      .filter(([name]) => storm[name].some(value => value !== 0)).map(([name, title]) => series(title, storm.second, storm[name], name === "reclaimable"))),
    storm.findings.length > 0 && h("details", {open: storm.findings.length < 4}, h("summary", {}, plural(storm.findings.length, "kind") + " of harm"), h("ul", {}, storm.findings.map(found => h("li", {}, h("b", {}, found.harm), " (" + found.claim + ", after " + found.at + "): " + found.sentence)))),
    storm.harms?.length > 0 && h("p", {}, storm.harms.map(harm => h("span", {class: "chip"}, harm[0] + ": " + harm[1]))),
    storm.references?.length > 0 && h("details", {}, h("summary", {}, "Page references: where they come and go"), references(storm.references)));
}

function references(rows) {
  const reasons = new Map();
  rows.forEach(row => { const sum = reasons.get(row[0]) ?? [0, 0]; reasons.set(row[0], [sum[0] + row[2], sum[1] + row[3]]); });
  return h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Page references"}, h("table", {}, h("thead", {}, h("tr", {}, ["for", "call site", "taken", "dropped", "outstanding"].map((name, i) => h("th", {scope: "col", class: i > 1 ? "num" : null}, name)))),
    h("tbody", {}, [...reasons].map(([reason, sum]) => [...rows.filter(row => row[0] === reason).map(row => h("tr", {}, h("td", {}, reason), h("td", {}, row[1]), h("td", {class: "num"}, row[2] ? number(row[2]) : ""), h("td", {class: "num"}, row[3] ? number(row[3]) : ""), h("td", {}))),
      h("tr", {}, h("th", {scope: "row"}, reason), h("th", {}, "all"), h("td", {class: "num"}, number(sum[0])), h("td", {class: "num"}, number(sum[1])), h("td", {class: "num"}, h("b", {}, number(sum[0] - sum[1]))))]))));
}

function series(title, seconds, values, isShare) {
  const most = isShare ? 1 : Math.max(1, ...values);
  const x = i => 10 + i * 380 / Math.max(1, values.length - 1);
  const y = value => 96 - 84 * value / most;
  const words = value => isShare ? share(value) : number(Math.round(value));
  const ends = values.length ? "from " + words(values[0]) + " to " + words(values.at(-1)) + ", at most " + words(Math.max(...values)) : "no seconds";
  return h("figure", {class: "card"}, h("figcaption", {}, h("b", {}, title), h("span", {class: "muted"}, " " + ends)),
    s("svg", {class: "chart", viewBox: "0 0 400 120", role: "img", "aria-label": title + " over the seconds: " + ends},
      s("line", {class: "axis", x1: 10, x2: 390, y1: 96, y2: 96}), s("text", {x: 12, y: 10}, isShare ? "100 %" : number(Math.round(most))),
      s("polyline", {class: "curve", points: values.map((value, i) => x(i) + "," + y(value)).join(" ")}),
      values.length === 1 && s("circle", {cx: x(0), cy: y(values[0]), r: 3, class: "curve"}),
      s("text", {x: 10, y: 114}, "second " + (seconds[0] ?? "")), s("text", {x: 390, y: 114, "text-anchor": "end"}, seconds.at(-1) ?? "")));
}

function benchView(question) {
  const wanted = data.bench.filter(bench => !question || bench.question === question);
  return [h("h2", {}, "What a pin costs"), question && h("p", {}, link("bench", "All questions")), wanted.map(bench => {
    const svg = new DOMParser().parseFromString(bench.svg, "image/svg+xml").documentElement;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", bench.sentence);
    return h("section", {class: "card"}, h("h3", {}, bench.question), h("p", {}, bench.sentence), h("div", {class: "white", tabindex: "0", role: "region", "aria-label": "Picture of " + bench.question}, document.importNode(svg, true)),
      h("details", {}, h("summary", {}, "Figures"), h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Figures of " + bench.question}, h("table", {}, h("thead", {}, h("tr", {}, ["what", "threads", "value", "unit"].map(name => h("th", {scope: "col"}, name)))),
        h("tbody", {}, bench.figures.filter(figure => wantedDesign(figure[0]) || !figure[0]).map(figure => h("tr", {}, h("td", {}, figure[1]), h("td", {class: "num"}, figure[3]), h("td", {class: "num"}, figure[4]), h("td", {}, figure[2]))))))));
  })];
}

// ---- two runs compared

function changesView() {
  const {against, kinds} = data.changes;
  return [h("h2", {}, "What has changed"), h("p", {}, "Held against " + against + "."), kinds.map(kind => {
    const rows = kind.rows.filter(row => wantedDesign(row.design) && wantedClaim(row.claim));
    return h("details", {class: "card", open: kind.name !== "unchanged"}, h("summary", {}, kind.name + ": " + number(isFiltered() ? rows.length : kind.count)), rows.length > 0 && h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": kind.name},
      h("table", {class: "stack"}, h("thead", {}, h("tr", {}, ["claim", "design", "scenario", "harm", "before", "now", "token"].map(name => h("th", {scope: "col"}, name)))),
        h("tbody", {}, rows.slice(0, 500).map(row => h("tr", {}, h("td", {}, row.claim), h("td", {}, row.design), h("td", {}, row.scenario + ", " + row.kernel), h("td", {}, row.harm),
          h("td", {"data-name": "before"}, row.before < 0 ? "-" : share(row.before)), h("td", {"data-name": "now"}, row.now < 0 ? "-" : share(row.now)), h("td", {}, row.token ? link(permalink(row.token, traces.get(row.token)?.steps.length ?? 0), "show") : "")))))));
  })];
}

// ---- where the reader is

function parse() {
  let hash = location.hash.slice(1);
  try { hash = hash.startsWith("cell/") || hash.startsWith("design/") ? hash : decodeURIComponent(hash); } catch { /* as it is */ }
  const token = /^([a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9.+-]+\/\d+x\d+(?:-[a-z0-9]+)?#[0-9a-f]+\.[a-z0-9+]*?)(?:,(\d+))?$/.exec(hash);
  if (token) return ["token", token[1], token[2] === undefined ? null : Number(token[2])];
  if (hash === "" || hash === "main") return [PARTS[0][0]];
  return hash.split("/").map(part => { try { return decodeURIComponent(part); } catch { return part; } });
}

const views = {
  court: () => court(),
  cell: (index, design, claim, token) => cellView(Number(index), design, claim, token),
  token: (token, step) => [h("p", {}, link(PARTS[0][0], PARTS[0][1]), " / counterexample"),
    counterexample(token, step, findings.find(found => found.token === token))],
  findings: () => findingsView(controls.query.value.trim().toLowerCase()),
  traces: () => tracesView(controls.query.value.trim().toLowerCase()),
  changes: () => data.changes ? changesView() : nothing("This report is not held against another."),
  outcomes: name => outcomesView(name),
  storms: () => stormsView(),
  bench: question => benchView(question),
  designs: () => designsView(),
  design: id => designView(id),
  races: () => racesView(),
  race: id => raceView(id),
};

function show(isFilter) {
  const [view, ...words] = parse();
  const query = controls.query.value.trim().toLowerCase();
  viewer = null;
  const known = Object.hasOwn(views, view);
  const content = query && ["court", "races", "designs"].includes(view) ? searchView(query)
    : known ? views[view](...words) : nothing("Nothing is known of " + view + ".");
  main.replaceChildren(...[content].flat(9).filter(node => node));
  const part = {cell: "court", token: "court", design: "designs", race: "races"}[view] ?? view;
  document.querySelectorAll("nav a").forEach(each => { if (each.dataset.part === part) each.setAttribute("aria-current", "page"); else each.removeAttribute("aria-current"); });
  const title = main.querySelector("h2")?.textContent ?? (view === "token" ? words[0] : "");
  document.title = (title ? title + " - " : "") + "gupstress";
  if (viewer) viewer.go(viewer.at(), true);
  if (isFilter) live.textContent = title;
}

addEventListener("hashchange", () => {
  show(false);
  scrollTo(0, 0);
  main.focus({preventScroll: true});
});

addEventListener("keydown", event => {
  if (!viewer || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, select, textarea")) return;
  const to = {ArrowLeft: viewer.at() - 1, ArrowRight: viewer.at() + 1, Home: 0, End: viewer.last}[event.key];
  if (to !== undefined) {
    event.preventDefault();
    viewer.go(to);
  }
});

frame();
show(false);
})();
