"use strict";
// The inbox: the keys of a mail client, dialogs, and a list that is fresh without being asked.

const rows = () => [...document.querySelectorAll("#list li.change > a")];
const openKey = () => decodeURIComponent(location.pathname).replace(/^\/changes\/?/, "");

/** Mark the row of the open change. */
function markOpen() {
  const key = openKey();
  for (const row of rows()) {
    if (row.dataset.key === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

// Who types "j a" quickly means the change that is on its way, never the one that is still shown; and no button is pressed before
// htmx has seen it.
let awaited = null;
let waiting = null;
let isOnItsWay = false;

/** Press the button of a key, once the change that was asked for is there. */
function press(key) {
  if (awaited !== null || isOnItsWay) waiting = key;
  else document.querySelector(`#detail [data-press="${key}"]`)?.click();
}

/** What was asked for is there, or will not come. */
function arrive(isHere) {
  const key = isHere ? waiting : null;
  awaited = waiting = null;
  isOnItsWay = false;
  if (key) press(key);
}

/** Open the change below (1) or above (-1) the open one; without an open one the first. */
function step(distance) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.key === (awaited ?? openKey()));
  const next = all[at < 0 ? 0 : at + distance];
  if (!next) return;
  awaited = next.dataset.key;
  next.click();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const isTyping = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const moves = { j: 1, k: -1 };
  if (event.key in moves) step(moves[event.key]);
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (/^[acdsu]$/.test(event.key)) press(event.key);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});

document.addEventListener("htmx:pushedIntoHistory", markOpen);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "detail") isOnItsWay = true;
});
document.addEventListener("htmx:afterSettle", (event) => {
  markOpen();
  if (event.detail.target?.id !== "detail") return;
  if (awaited === null || document.querySelector("#detail article")?.dataset.key === awaited) arrive(true);
});
document.addEventListener("htmx:responseError", () => arrive(false));
document.addEventListener("htmx:sendError", () => arrive(false));
// What had the focus is gone with the swap; who listens to the page goes on at the change.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "detail" && document.activeElement === document.body) document.getElementById("detail-title").focus();
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "toast") keepToast();
});
markOpen();

// --- live ------------------------------------------------------------------------------------------

let newest = null;
const bareTitle = () => document.title.replace(/^\(\d+\) /, "");

const stream = new EventSource("/live");
stream.addEventListener("changes", (event) => {
  const seen = JSON.parse(event.data);
  document.title = seen.unread ? `(${seen.unread}) ${bareTitle()}` : bareTitle();
  if (newest !== null && seen.newest > newest) htmx.trigger("#list", "fresh");
  newest = seen.newest;
});
addEventListener("pagehide", () => stream.close());
