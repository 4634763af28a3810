// Review: tick, give a reason, comment; what was decided is kept in this page's memory until it is exported.
const reviewed = new Map();
let unsaved = false;
const start = make("button", { type: "button" }, "开始复核");
start.setAttribute("aria-pressed", "false");
const reviewer = input("reviewer", "text");
const hand = make("button", { type: "button" }, "导出复核意见");
const take = input("take", "file", { accept: ".json" });
const progress = make("p", { className: "count", role: "status" });
progress.setAttribute("aria-live", "polite");
const desk = make("div", { className: "desk", hidden: true },
  labelled("复核人", reviewer), labelled("接着上次：载入导出的意见", take), hand, progress,
  make("p", { className: "note" }, "意见只存在本页，不会自动保存；关闭前请导出，再由数据审计员运行 ybt review import 文件名 记入台账。不属实须选原因并写明佐证，否则记为“待补充”。"));
bar.querySelector(".acts").append(start);
bar.after(desk);
const VERDICTS = ["属实", "不属实", "待核"];

const say = (more = "") => {
  progress.textContent = `已复核 ${reviewed.size} 件，合计 ${rows.length} 件${unsaved ? "；有意见尚未导出" : ""}${more}`;
};
const note = (id, change) => {
  const kept = { result: "", reason_code: "", attachment: "", comment: "", ...reviewed.get(id), ...change };
  if (kept.result !== "不属实") kept.reason_code = "";
  if (kept.result || kept.comment) reviewed.set(id, kept); else reviewed.delete(id);
  unsaved = true;
  say();
};
const form = line => {
  const kept = reviewed.get(line.id) ?? {};
  const box = make("fieldset", { className: "verdict" }, make("legend", {}, `复核意见 ${line.id}`));
  const reason = make("select", { name: `reason-${line.id}` }, make("option", { value: "" }, "请选择"),
    ...about.reasons.map(code => make("option", { value: code }, code)));
  reason.value = kept.reason_code ?? "";
  const proof = input(`proof-${line.id}`, "text", { value: kept.attachment ?? "" });
  const comment = input(`comment-${line.id}`, "text", { value: kept.comment ?? "" });
  const why = make("span", { className: "why", hidden: kept.result !== "不属实" }, labelled("原因", reason), labelled("佐证（文号或文件名）", proof));
  for (const verdict of VERDICTS) {
    const tick = input(`verdict-${line.id}`, "radio", { value: verdict, checked: kept.result === verdict });
    tick.addEventListener("change", () => { why.hidden = verdict !== "不属实"; note(line.id, { result: verdict }); });
    box.append(make("label", {}, tick, verdict));
  }
  reason.addEventListener("change", () => note(line.id, { reason_code: reason.value }));
  proof.addEventListener("input", () => note(line.id, { attachment: proof.value.trim() }));
  comment.addEventListener("input", () => note(line.id, { comment: comment.value.trim() }));
  box.append(why, labelled("说明", comment, "wide"));
  return box;
};
let onPage = [];
const redraw = () => {
  for (const old of table.querySelectorAll(".verdict")) old.remove();
  if (desk.hidden) return;
  for (const line of onPage) line.cells[4].append(form(line));
};
section.addEventListener("shown", event => { onPage = event.detail; redraw(); });
start.addEventListener("click", () => {
  desk.hidden = !desk.hidden;
  start.setAttribute("aria-pressed", String(!desk.hidden));
  start.textContent = desk.hidden ? "开始复核" : "收起复核";
  redraw();
  say();
});

const hex = bytes => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, "0")).join("");
const digest = async text => crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))) : "";
hand.addEventListener("click", async () => {
  const unfinished = [...reviewed].find(([, kept]) => !kept.result);
  if (!reviewer.value.trim()) { say("；请先填写复核人"); reviewer.focus(); return; }
  if (!reviewed.size) { say("；还没有意见可导出"); return; }
  if (unfinished) { say(`；${unfinished[0]} 写了说明但没有选结论`); reveal(unfinished[0]); return; }
  const decisions = rows.filter(row => reviewed.has(row.id)).map(row => ({ finding_id: row.id, ...reviewed.get(row.id) }));
  decisions.sort((a, b) => (a.finding_id < b.finding_id ? -1 : 1));
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(n => String(n).padStart(2, "0")).join("-");
  const file = {
    format: "ybt-review", version: 1, town: about.town, page: about.name, run: about.run, rows: rows.length, seal: about.seal,
    reviewer: reviewer.value.trim(), reviewed_on: day, digest: await digest(JSON.stringify(decisions)), decisions,
  };
  give(`${about.name}复核意见_${day}_${decisions.length}件.json`, "application/json", `${JSON.stringify(file, null, 1)}\n`);
  unsaved = false;
  say("；已导出，请交数据审计员");
});
take.addEventListener("change", async () => {
  try {
    const file = JSON.parse(await take.files[0].text());
    if (file.format !== "ybt-review" || file.seal !== about.seal || file.run !== about.run) throw new Error("不是本页导出的意见");
    for (const { finding_id: id, ...kept } of file.decisions) if (byId.has(id)) reviewed.set(id, kept);
    reviewer.value ||= file.reviewer;
    redraw();
    say("；已载入");
  } catch (fault) {
    say(`；载入不成：${fault instanceof SyntaxError ? "文件读不出来" : fault.message}`);
  }
  take.value = "";
});
addEventListener("beforeunload", event => { if (unsaved) event.preventDefault(); });
show();
