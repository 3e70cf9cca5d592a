// The little that a page cannot do without a script. Everything else works without it.
// Behaviour is found by data-* attributes, never by class.

const DOUBLE = 700; // milliseconds within which keys count as pressed together
const EDITABLE = "input, textarea, select, [contenteditable]";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

/* "Masquer l’écran": the page is taken out of sight and out of reach, a dull notice stands in its place. */

const curtain = one("[data-curtain]");
let before = null; // what to give back: focus, title, the parts that were visible

function hideScreen() {
  if (!curtain || before) return;
  const parts = [...document.body.children].filter((part) => part !== curtain && !part.hidden);
  before = { focus: document.activeElement, title: document.title, parts };
  document.title = curtain.dataset.title;
  parts.forEach((part) => { part.hidden = part.inert = true; });
  getSelection()?.removeAllRanges();
  curtain.hidden = false;
  one("[data-show-screen]").focus();
}

function showScreen() {
  if (!before) return;
  const { focus, title, parts } = before;
  before = null;
  curtain.hidden = true;
  parts.forEach((part) => { part.hidden = part.inert = false; });
  document.title = title;
  focus?.focus?.();
}

/** Calls `act` once `key` was pressed `times` in a row, quickly, with nothing in between. */
function onRepeated(key, times, act) {
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== key) pressed = [];
    else if (!event.repeat) pressed = [...pressed, event.timeStamp].slice(-times);
    if (pressed.length === times && pressed.at(-1) - pressed[0] < DOUBLE * (times - 1)) {
      pressed = [];
      act();
    }
  }, true);
}

/** While the screen is hidden the keyboard reaches one button only. */
function keepFocus(event) {
  if (!before || event.key !== "Tab") return;
  event.preventDefault();
  one("[data-show-screen]").focus();
}

if (curtain) {
  all("[data-hide-screen]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", hideScreen);
  });
  one("[data-show-screen]").addEventListener("click", showScreen);
  document.addEventListener("keydown", keepFocus, true);
  onRepeated("Escape", 2, hideScreen);
  onRepeated("Shift", 3, hideScreen);
}

/* The tabs of a case are wider than a phone: the current one is brought into sight. */

const centre = (part) => part.getBoundingClientRect().left + part.offsetWidth / 2;
const tab = one(".tabs [aria-current]");
tab?.parentElement.scrollBy({ left: centre(tab) - centre(tab.parentElement) });

/* Printing needs the browser; without a script its own menu does it. */

all("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

/* The menu of the phone: a link to the menu that becomes a button. */

const menuLink = one("[data-menu]");
const menu = menuLink && one(menuLink.getAttribute("href"));

function toggleMenu(open) {
  menu.classList.toggle("open", open);
  menu.classList.toggle("shut", !open);
  menuLink.setAttribute("aria-expanded", String(open));
}

if (menu) {
  menuLink.setAttribute("role", "button");
  menuLink.setAttribute("aria-controls", menu.id);
  toggleMenu(location.hash === `#${menu.id}`);
  menuLink.addEventListener("click", (event) => {
    event.preventDefault();
    toggleMenu(menuLink.getAttribute("aria-expanded") !== "true");
  });
  menuLink.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); menuLink.click(); }
  });
}

/* Folded menus close when one looks elsewhere. */

function closeMenus(except) {
  all("details[data-popup][open]").forEach((popup) => { if (!popup.contains(except)) popup.open = false; });
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const popup = event.key === "Escape" && one("details[data-popup][open]");
  if (!popup) return;
  popup.open = false;
  one("summary", popup).focus();
});

/* "/" goes to the search box, unless the person switched that key off (WCAG 2.1.4); the choice stays on the device. */

const keys = one("[data-keys]");
const slash = keys && one("button", keys);
const slashOff = () => localStorage.getItem("slash") === "off";

if (keys) {
  keys.hidden = false;
  slash.setAttribute("aria-pressed", String(!slashOff()));
  slash.addEventListener("click", () => {
    localStorage.setItem("slash", slashOff() ? "on" : "off");
    slash.setAttribute("aria-pressed", String(!slashOff()));
  });
}

document.addEventListener("keydown", (event) => {
  const search = one("[data-search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || before || !search) return;
  if (event.target.closest?.(EDITABLE) || slashOff()) return;
  event.preventDefault();
  search.focus();
});

/* A refused form: the summary of what to correct takes the focus, its links go into the boxes. */

const focusErrors = () => one("[data-errors]")?.focus();
focusErrors();
document.addEventListener("htmx:after:swap", focusErrors);

/* A page given back from the browser's memory may show what its reader may no longer see: ask again. */

addEventListener("pagehide", (event) => { if (event.persisted) document.body.hidden = true; });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
