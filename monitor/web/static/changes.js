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

/** Open the change below (1) or above (-1) the open one; without an open one the first. */
function step(distance) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[at < 0 ? 0 : at + distance];
  if (!next) return;
  next.click();
  next.scrollIntoView({ block: "nearest" });
}

const isTyping = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const moves = { j: 1, k: -1 };
  if (event.key in moves) step(moves[event.key]);
  else if (event.key === "?") document.getElementById("keys").showModal();
  else {
    const button = /^[acdsu]$/.test(event.key) && document.querySelector(`#detail [data-press="${event.key}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});

document.addEventListener("htmx:pushedIntoHistory", markOpen);
document.addEventListener("htmx:afterSettle", markOpen);
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target.id === "toast") keepToast();
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
