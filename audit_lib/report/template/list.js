// The list of findings: search, filter, sort, pages, export. The rows are the page's own table rows; this
// only marks those that are not shown, so that the page without script, and the page on paper, has them all.
const LIVE = /^[=+\-@\t\r\n＝＋－＠]/;
const collate = new Intl.Collator("zh-CN", { numeric: true }).compare;
const plain = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const yuan = fen => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const make = (tag, settings = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings))
    name in made ? (made[name] = value) : made.setAttribute(name, value);
  made.append(...inside);
  return made;
};
const labelled = (caption, control, wide = "") => make("label", { className: wide }, make("span", {}, caption), control);

const section = document.getElementById("list");
const table = section.querySelector("table");
const body = table.tBodies[0];
const about = JSON.parse(section.dataset.about);
const rows = [...body.rows].map((line, place) => {
  const cells = line.cells;
  const [rule, kind] = [cells[1].textContent, cells[6].lastChild.textContent];
  const [problem, track] = about.rules[rule];
  const first = cells[5].textContent.match(/(\d+)年(\d+)月/);
  const state = cells[8].firstChild.textContent;
  return {
    line, place, rule, problem, track, kind, state, id: line.id, village: cells[2].textContent,
    office: about.offices[line.dataset.o][0], owner: about.offices[line.dataset.o][1], tier: cells[7].textContent, standing: about.standings[state] ?? "pending",
    month: first ? first[1] * 12 + +first[2] : 0, fen: Math.round(parseFloat(cells[6].firstChild.textContent.replaceAll(",", "")) * 100) || 0,
  };
});
const byId = new Map(rows.map(row => [row.id, row]));

// ── what is asked for ──────────────────────────────────────────────────────────────────────────────────────
const EXTRA = { problem: "问题类型", track: "类别", kind: "金额性质", owner: "主管部门", sure: "计入范围" };
const choices = field => [...new Set(rows.map(row => row[field]))];
const choose = (field, caption, values, wide) => {
  const list = make("select", { name: field }, make("option", { value: "" }, "全部"));
  for (const value of values) {
    const number = rows.filter(row => row[field] === value).length;
    list.append(make("option", { value }, `${value}（${number}）`));
  }
  return labelled(caption, list, wide);
};
const input = (name, type, settings = {}) => make("input", { name, type, autocomplete: "off", ...settings });
const bar = make("div", { className: "bar", role: "search" });
bar.setAttribute("aria-label", "查找和筛选疑点");
bar.append(
  labelled("查找（编号、姓名、说明、证据）", input("text", "search"), "wide"),
  choose("rule", "规则", choices("rule"), "wide"), choose("village", "村（社区）", choices("village").sort(collate)),
  choose("tier", "等级", ["A", "B", "C"]), choose("state", "核实情况", choices("state").sort(collate)),
  choose("office", "责任单位", choices("office").sort(collate)),
  labelled("金额不低于（元）", input("least", "number", { min: 0, step: "any" })),
  labelled("金额不高于（元）", input("most", "number", { min: 0, step: "any" })),
);
const size = make("select", { name: "size" }, ...[50, 100, 200, 0].map(n => make("option", { value: n }, n ? `${n}件` : "全部")));
const clear = make("button", { type: "button" }, "清除筛选");
const save = make("button", { type: "button" }, "导出CSV");
const onlyShown = input("paper", "checkbox");
const extra = make("p", { className: "extra", hidden: true });
const status = make("p", { className: "count", role: "status" });
status.setAttribute("aria-live", "polite");
const back = make("button", { type: "button" }, "上一页");
const next = make("button", { type: "button" }, "下一页");
const turn = make("span", { className: "turn" });
bar.append(make("div", { className: "acts" }, labelled("每页", size), clear, save, labelled("打印时只印筛选结果", onlyShown)));
const pager = make("div", { className: "pager", role: "group" }, back, turn, next);
pager.setAttribute("aria-label", "翻页");
section.prepend(bar, extra, status);
section.append(pager);

let asked = {}; // what a clicked figure asks beyond the controls: problem, track, kind, sure, standing
let order = { column: -1, down: false };
let page = 0;
let fitting = rows;
const control = name => bar.querySelector(`[name=${name}]`);
const texts = new Map(rows.map(row => [row, null]));
const textOf = row => texts.get(row) ?? (texts.set(row, plain(row.line.textContent)), texts.get(row));

const fits = () => {
  const words = control("text").value.split(/\s+/).map(plain).filter(Boolean);
  const [least, most] = ["least", "most"].map(name => control(name).value === "" ? null : Math.round(control(name).value * 100));
  const exact = ["rule", "village", "tier", "state", "office"].map(name => [name, control(name).value]).filter(([, value]) => value);
  for (const name of ["problem", "track", "kind", "standing", "owner"]) if (asked[name]) exact.push([name, asked[name]]);
  return row =>
    exact.every(([name, value]) => row[name] === value)
    && (asked.sure !== "1" || row.tier !== "C") && (asked.sure !== "2" || row.tier !== "C" || row.standing === "confirmed")
    && (least === null || row.fen >= least) && (most === null || row.fen <= most)
    && words.every(word => textOf(row).includes(word));
};
const SORTS = [row => row.id, row => row.rule, row => row.village, row => row.line.cells[3].textContent,
  row => row.line.cells[4].textContent, row => row.month, row => row.fen, row => row.tier, row => row.state];

const sums = found => {
  const money = {};
  for (const row of found) if (row.tier !== "C" && row.kind !== "不计金额") money[row.kind] = (money[row.kind] ?? 0) + row.fen;
  return Object.entries(money).map(([kind, fen]) => `${kind}${yuan(fen)}元`).join("、");
};
const show = () => {
  const length = +size.value || fitting.length || 1;
  const pages = Math.max(1, Math.ceil(fitting.length / length));
  page = Math.min(Math.max(page, 0), pages - 1);
  const shown = new Set(fitting.slice(page * length, (page + 1) * length));
  const kept = new Set(fitting);
  for (const row of rows) {
    row.line.classList.toggle("off", !shown.has(row));
    row.line.classList.toggle("out", !kept.has(row));
  }
  const [elsewhere, out] = [fitting.length - shown.size, rows.length - fitting.length];
  status.textContent = `显示 ${shown.size} ＋ 隐藏 ${elsewhere + out}（其他页 ${elsewhere}、不符合筛选 ${out}）＝ 合计 ${rows.length} 件`;
  const money = sums(fitting);
  if (money) status.textContent += `。符合筛选的A、B级逐件相加：${money}（未剔除同笔同月重复）`;
  const said = Object.entries(asked).filter(([name]) => EXTRA[name]).map(([name, value]) =>
    `${EXTRA[name]}：${name === "sure" ? (value === "1" ? "A、B级" : "A、B级及已属实的C级") : about.words[value] ?? value}`);
  if (asked.standing) said.push(`核实：${about.words[asked.standing]}`);
  extra.hidden = !said.length;
  extra.textContent = `另按点开的数字筛选——${said.join("；")}`;
  turn.textContent = `第 ${page + 1} 页，共 ${pages} 页`;
  back.disabled = page === 0;
  next.disabled = page === pages - 1;
  table.classList.toggle("paper", onlyShown.checked);
  section.dispatchEvent(new CustomEvent("shown", { detail: [...shown].map(row => row.line) }));
};
const apply = () => { page = 0; fitting = rows.filter(fits()); show(); };
const ask = wanted => {
  for (const field of bar.querySelectorAll("input:not([type=checkbox]), select:not([name=size])")) field.value = wanted[field.name] ?? "";
  asked = Object.fromEntries(["problem", "track", "kind", "sure", "standing", "owner"].filter(name => wanted[name]).map(name => [name, wanted[name]]));
  apply();
};
const reveal = id => {
  const row = byId.get(id);
  if (!row) return;
  if (!fitting.includes(row)) ask({});
  page = Math.floor(fitting.indexOf(row) / (+size.value || rows.length));
  show();
  row.line.scrollIntoView({ block: "center" });
};

// ── sorting ────────────────────────────────────────────────────────────────────────────────────────────────
const heads = [...table.tHead.rows[0].cells];
const sort = column => {
  order = { column, down: order.column === column ? !order.down : column === 6 };
  const value = SORTS[column];
  const compare = (a, b) => {
    const [x, y] = [value(a), value(b)];
    const way = typeof x === "number" ? x - y : collate(x, y);
    return (order.down ? -way : way) || a.place - b.place;
  };
  rows.sort(compare);
  body.append(...rows.map(row => row.line));
  heads.forEach((head, n) => head.setAttribute("aria-sort", n !== column ? "none" : order.down ? "descending" : "ascending"));
  apply();
};
heads.forEach((head, column) => {
  const press = make("button", { type: "button", className: "sort" }, head.textContent);
  press.addEventListener("click", () => sort(column));
  head.replaceChildren(press);
  head.setAttribute("aria-sort", "none");
});

// ── files ──────────────────────────────────────────────────────────────────────────────────────────────────
const give = (name, type, content) => {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const COLUMNS = ["疑点编号", "规则", "村（社区）", "姓名（掩码）", "证号（掩码）", "疑点说明", "证据所在", "期间", "金额（元）", "金额性质", "等级", "核实情况", "责任单位"];
const quote = text => {
  const safe = LIVE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const cellsOf = row => {
  const cells = row.line.cells;
  const small = cell => cell.querySelector("small")?.textContent ?? "";
  const lead = cell => cell.firstChild?.textContent ?? "";
  return [row.id, row.rule, row.village, lead(cells[3]), small(cells[3]), lead(cells[4]), small(cells[4]),
    cells[5].textContent, lead(cells[6]).replaceAll(",", ""), row.kind, row.tier, row.state, row.office];
};
save.addEventListener("click", () => {
  const lines = [COLUMNS, ...fitting.map(cellsOf)].map(cells => cells.map(quote).join(","));
  give(`${about.name}疑点清单_${fitting.length}件.csv`, "text/csv;charset=utf-8", `\ufeff${lines.join("\r\n")}\r\n`);
});

// ── listening ──────────────────────────────────────────────────────────────────────────────────────────────
bar.addEventListener("input", event => (event.target === onlyShown || event.target === size ? show() : apply()));
clear.addEventListener("click", () => ask({}));
back.addEventListener("click", () => { page -= 1; show(); });
next.addEventListener("click", () => { page += 1; show(); });
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-f]");
  if (!link) return;
  event.preventDefault();
  ask(Object.fromEntries(new URLSearchParams(link.dataset.f)));
  section.scrollIntoView();
  status.tabIndex = -1;
  status.focus({ preventScroll: true });
});
addEventListener("hashchange", () => reveal(location.hash.slice(1)));
ask(Object.fromEntries(new URLSearchParams(location.search)));
reveal(location.hash.slice(1));
