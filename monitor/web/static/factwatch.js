"use strict";
// What every page needs: times in the reader's own zone, and a toast for what went wrong.

const language = document.documentElement.dataset.language || navigator.language;
const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const inDays = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const inMinutes = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const STEPS = [["minute", 60], ["hour", 3600], ["day", 86400]];

/** "3 hours ago", "in 2 days"; a day from a fortnight on. */
function showNear(moment) {
  const seconds = (moment - Date.now()) / 1000;
  if (Math.abs(seconds) < 45) return near.format(0, "second");
  if (Math.abs(seconds) > 14 * 86400) return inDays.format(moment);
  const [unit, length] = STEPS.filter(([, size]) => Math.abs(seconds) >= size * 0.75).at(-1);
  return near.format(Math.round(seconds / length), unit);
}

const FORMS = { near: showNear, day: (moment) => inDays.format(moment), minute: (moment) => inMinutes.format(moment) };

/** Write every time below a node in the reader's zone; the whole moment stands in its title. */
function showTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    element.textContent = (FORMS[element.dataset.form] || showNear)(moment);
    element.title = inMinutes.format(moment);
  }
}

let forgetting = 0;

/** Say something for a while at the foot of the page. Elements are shown as they are, words as words. */
function toast(content) {
  const place = document.getElementById("toast");
  const line = document.createElement("div");
  line.append(content);
  place.replaceChildren(line);
  keepToast();
}

/** Let what stands in the toast go in a while. */
function keepToast() {
  clearTimeout(forgetting);
  forgetting = setTimeout(() => document.getElementById("toast").replaceChildren(), 9000);
}

/** Where a picture is wider than the screen, begin at its newest end. */
function showNewest(root) {
  for (const picture of root.querySelectorAll(".picture.scroll")) picture.scrollLeft = picture.scrollWidth;
}

showTimes(document);
showNewest(document);
// By hand, since scrollIntoView would have the Tab key begin there.
const place = document.querySelector(".top [aria-current]");
if (place) place.parentElement.scrollLeft = place.offsetLeft + place.offsetWidth - place.parentElement.clientWidth;
setInterval(() => showTimes(document), 30000);
document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  showTimes(part.parentElement || document);
  if (part.matches(".picture")) showNewest(part.parentElement);
});
document.addEventListener("htmx:responseError", (event) => toast(event.detail.xhr.responseText || "That did not work."));
document.addEventListener("htmx:sendError", () => toast("Factwatch does not answer. Nothing was done; try again in a moment."));
