// @ts-check
import { announce, form, thread } from "chat/forms";
import { askNoMore } from "chat/message-asking";

/** @typedef {import("chat/carrier").Item} Item */

/**
 * Nobody writes here any more: what was not kept, and what she had begun, stays with her as a draft.
 * @param {(item: Item) => void} clear takes an item off, and off the screen
 */
export function close(clear) {
  const composer = /** @type {any} */ (thread().querySelector("message-composer"));
  const items = /** @type {Item[]} */ ([.../** @type {any} */ (thread()).outbox.items.values()]);
  items.forEach(clear);
  for (const menu of /** @type {any} */ (thread().querySelectorAll(":popover-open"))) menu.hidePopover();
  for (const dialog of thread().querySelectorAll("dialog")) dialog.close("");
  if (!composer) return;
  askNoMore();
  const words = [...items.map(({ frame }) => frame.body), composer.subject.before, composer.box.value];
  leave(composer, words.filter(Boolean).join("\n\n"));
  announce("Nothing more can be written here.");
}

/** @param {any} composer @param {string} words */
async function leave({ box, subject }, words) {
  const way = /** @type {HTMLElement} */ (thread().querySelector("[data-way]"));
  const [isHere, closed] = [way.contains(document.activeElement), form("closed")];
  const left = /** @type {HTMLElement} */ (closed.querySelector("[data-left]"));
  const place = /** @type {HTMLTextAreaElement} */ (left.querySelector("textarea"));
  const tray = /** @type {HTMLElement} */ (closed.querySelector("[data-files]"));
  tray.hidden = !box.form.querySelector("[name=files]");
  subject.drop();
  [box.value, place.value, left.hidden] = [words, words, !words];
  const kept = /** @type {any} */ (way.querySelector("draft-keeper")).keep();
  way.replaceChildren(closed);
  const next = words ? place : /** @type {HTMLElement} */ (thread().querySelector("log-box"));
  if (isHere) next.focus({ preventScroll: true });
  const warning = /** @type {HTMLElement} */ (left.querySelector("[data-unkept]"));
  left.toggleAttribute("data-keeping", true);
  left.addEventListener("submit", () => { warning.hidden = true; });
  warning.hidden = await kept;
  left.removeAttribute("data-keeping");
}
