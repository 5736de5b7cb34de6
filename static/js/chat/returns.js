// @ts-check
import { close } from "chat/closing";
import { thread } from "chat/forms";
import { mark } from "chat/marks";

const GUARDED = ["needs_reason", "identifies_somebody"];
const outbox = () => /** @type {any} */ (thread()).outbox;
const composer = () => /** @type {any} */ (thread().querySelector("message-composer"));

/** @typedef {import("chat/outbox").Item} Item */

/**
 * What was not taken is hers again: words that the guard refuses come back into an empty box by
 * themselves, others by a button, and all of them once nothing can be written here any more.
 * @param {AbortController} until
 */
export function watchReturns(until) {
  thread().addEventListener("click", press, until);
  thread().addEventListener("chat:refused", (/** @type {any} */ { detail }) => refused(detail), until);
  thread().addEventListener("chat:closed", () => close(clear), until);
  for (const type of ["input", "chat:echoed"]) thread().addEventListener(type, forget, until);
}

/** @param {any} event */
function press({ target }) {
  const button = target.closest("[data-retry], [data-back]");
  const item = outbox().items.get(button?.closest("[data-item]")?.dataset.item);
  if (!item) return;
  if (button.matches("[data-back]")) return takeBack(item);
  outbox().attempt(item);
  /** @type {HTMLElement} */ (thread().querySelector("log-box")).focus({ preventScroll: true });
}

/** @param {Item} item Where it had no words, its line says so, and that is all. */
function refused(item) {
  if (item.code === "closed") close(clear);
  else if (item.frame.body === undefined) outbox().take(item.id);
  else if (GUARDED.includes(String(item.code)) && !composer().box.value.trim()) takeBack(item);
}

/** @param {Item} item into the box, below what stands there */
function takeBack(item) {
  const { box, subject } = composer();
  const why = composer().querySelector("[data-amiss]");
  const { type, seq, reply_to, body } = item.frame;
  const about = document.getElementById(`m${seq ?? reply_to}`);
  const before = type === "edit" ? "" : box.value.trim();
  why.textContent = clear(item);
  if (about) subject.take(type === "edit" ? "edit" : "reply", about);
  box.value = [before, body].filter(Boolean).join("\n");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  why.hidden = false;
  box.focus();
}

/** @param {Item} item What was kept stands as it did before. @returns {string} what was said of it */
function clear({ id, frame }) {
  outbox().take(id);
  const line = /** @type {any} */ (thread().querySelector(`.message[data-item="${CSS.escape(id)}"]`));
  const why = line?.querySelector(".message__failed")?.textContent.trim() ?? "";
  if (frame.type === "send") line?.remove();
  else if (line) mark(line, "");
  return why;
}

/** What was said of words holds while they stand in the box. */
function forget() {
  const why = /** @type {HTMLElement | null} */ (thread().querySelector("[data-amiss]"));
  if (why && !composer().box.value.trim()) why.hidden = true;
}
