// @ts-check
import { announce, form, thread } from "chat/forms";

/** @typedef {import("chat/outbox").Item} Item */

/**
 * Nobody writes here any more: what was not kept, and what she had begun, stays with her as a draft.
 * @param {(item: Item) => void} clear takes an item off, and off the screen
 */
export function close(clear) {
  const composer = /** @type {any} */ (thread().querySelector("message-composer"));
  if (!composer) return;
  const items = /** @type {Item[]} */ ([.../** @type {any} */ (thread()).outbox.items.values()]);
  items.forEach(clear);
  const words = [...items.map(({ frame }) => frame.body), composer.subject.before, composer.box.value];
  leave(composer, words.filter(Boolean).join("\n\n"));
  announce("Nothing more can be written here.");
}

/** @param {any} composer @param {string} words */
function leave({ box, subject }, words) {
  const way = /** @type {HTMLElement} */ (thread().querySelector("[data-way]"));
  const [isHere, closed] = [way.contains(document.activeElement), form("closed")];
  const left = /** @type {HTMLElement} */ (closed.querySelector("[data-left]"));
  const place = /** @type {HTMLTextAreaElement} */ (left.querySelector("textarea"));
  subject.drop();
  [box.value, place.value, left.hidden] = [words, words, !words];
  /** @type {any} */ (way.querySelector("draft-keeper")).keep();
  way.replaceChildren(closed);
  const next = words ? place : /** @type {HTMLElement} */ (thread().querySelector("log-box"));
  if (isHere) next.focus({ preventScroll: true });
}
