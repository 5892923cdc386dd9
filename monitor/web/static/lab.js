"use strict";
// The lab: faults lead to their place in the rule, and an edit is not lost by accident.

const rule = document.getElementById("rule");
const position = document.getElementById("position");
const bench = document.getElementById("bench");
let isLeavingOnPurpose = false;

/** Where the cursor stands, as faults count it. */
function showPosition() {
  const before = rule.value.slice(0, rule.selectionStart).split("\n");
  position.textContent = `${before.length}:${[...before.at(-1)].length + 1}`;
}

/** Put the cursor where a fault is, and bring it into view. */
function goTo(line, column) {
  const lines = rule.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const text = lines[line - 1] ?? "";
  const at = start + [...text].slice(0, column - 1).join("").length;
  rule.focus();
  rule.setSelectionRange(at, start + text.length);
  rule.scrollTop = (line - 6) * parseFloat(getComputedStyle(rule).lineHeight);
  rule.scrollIntoView({ block: "nearest" });
  showPosition();
}

document.addEventListener("selectionchange", () => {
  if (document.activeElement === rule) showPosition();
});
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (place) goTo(Number(place.dataset.line), Number(place.dataset.column));
});

// What is edited and not saved is asked for before it goes.
bench.addEventListener("submit", () => (isLeavingOnPurpose = true));
addEventListener("beforeunload", (event) => {
  if (!isLeavingOnPurpose && rule.value !== rule.defaultValue) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "result") return;
  if (document.querySelector("#result [data-saved]")) rule.defaultValue = rule.value;
  const result = document.getElementById("result");
  // Who listens to the page hears what came, and not all of it.
  document.getElementById("news").textContent = result.querySelector("h2, [role=alert], p")?.textContent ?? "";
  const { top } = result.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.75) result.scrollIntoView();
});
