// @ts-check
import { amiss } from "chat/amiss";
import { isWords } from "chat/carrier";
import { close } from "chat/closing";
import { part, thread } from "chat/forms";
import { clear, takeBack } from "chat/take-back";

const GUARDED = ["needs_reason", "identifies_somebody"];
const outbox = () => /** @type {any} */ (thread()).outbox;
const composer = () => /** @type {any} */ (thread().querySelector("message-composer"));

/**
 * What was not taken is hers again: words that the guard refuses come back into an empty box by
 * themselves, others by a button, and all of them once nothing can be written here any more.
 * @param {AbortController} until
 */
export function watchReturns(until) {
  thread().addEventListener("click", press, until);
  thread().addEventListener("chat:refused", (/** @type {any} */ { detail }) => refused(detail), until);
  thread().addEventListener("chat:gone", (/** @type {any} */ { detail }) => lost(detail), until);
  thread().addEventListener("chat:closed", () => close(clear), until);
  for (const type of ["input", "chat:echoed"]) thread().addEventListener(type, forget, until);
}

/** @param {any} event */
function press({ target }) {
  const button = target.closest("[data-retry], [data-back]");
  const item = outbox().items.get(button?.closest("[data-item]")?.dataset.item);
  if (!item) return;
  if (button.matches("[data-back]")) return takeBack(item, true);
  outbox().go();
  /** @type {HTMLElement} */ (thread().querySelector("log-box")).focus({ preventScroll: true });
}

/** @param {import("chat/carrier").Item} item Where it had no words, its line says so, and that is all. */
function refused(item) {
  const { box, subject } = composer() ?? {};
  if (!isWords(item)) outbox().take(item.id);
  if (item.code === "closed") close(clear);
  else if (GUARDED.includes(String(item.code)) && !subject.now && !box.value.trim()) takeBack(item, false);
}

/** @param {(seq: number) => boolean} isGone What she made of a message that is gone is a new one; the rest goes with it. */
function lost(isGone) {
  const { box, subject } = composer() ?? {};
  if (subject?.now?.verb !== "edit" || !isGone(subject.now.seq)) return;
  const words = box.value === part(subject.line, "body").textContent ? "" : box.value;
  subject.drop();
  box.value = [box.value.trim(), words].filter(Boolean).join("\n");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  amiss(words && "The message you were editing is gone: these words would be a new one.");
}

/** What was said of words holds while they stand in the box. */
function forget() {
  if (!composer()?.box.value.trim()) amiss("");
}
