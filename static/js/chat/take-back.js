// @ts-check
import { amiss } from "chat/amiss";
import { thread } from "chat/forms";
import { mark } from "chat/marks";

const composer = () => /** @type {any} */ (thread().querySelector("message-composer"));

/** @typedef {import("chat/carrier").Item} Item */

/**
 * Into the box, below what stands there.
 * @param {Item} item @param {boolean} isAsked by herself: else her place elsewhere stays hers
 */
export function takeBack(item, isAsked) {
  const { box, subject } = composer();
  if (subject.now?.verb === "edit") return amiss("First finish or cancel what you are editing.");
  const [{ type, seq, reply_to, body }, place] = [item.frame, /** @type {HTMLElement} */ (document.activeElement)];
  const about = thread().querySelector(`[id="m${seq ?? reply_to}"]:not([data-gone])`);
  const verb = type === "edit" ? "edit" : "reply";
  if (!box.value.trim()) subject.drop();
  if (about && (verb === "edit" || !subject.now)) subject.take(verb, about);
  const why = clear(item);
  box.value = [about && verb === "edit" ? "" : box.value.trim(), body].filter(Boolean).join("\n");
  choose(box.form, item.frame);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const isElsewhere = !isAsked && !place.matches("body, log-box, [data-way] *");
  (isElsewhere ? place : box).focus({ preventScroll: true });
  thread().dispatchEvent(new CustomEvent("chat:returned", { detail: item.frame }));
  return amiss(why);
}

/**
 * @param {HTMLFormElement} form
 * @param {any} frame how long it was to stay, by when to be confirmed, and where; `said` names what is not offered
 */
function choose(form, { expires_in, confirm_in, topic, said = {} }) {
  const fields = /** @type {any} */ (form.elements);
  for (const [name, value] of Object.entries({ expires_in, confirm_in, topic })) {
    if (!value) continue;
    const isOffered = !said[name] || [...fields[name].options].some((one) => one.value === value);
    if (!isOffered) fields[name].add(new Option(said[name], value));
    fields[name].value = value;
  }
}

/** @param {Item} item What was kept stands as it did before. @returns {string} what was said of it */
export function clear({ id, frame }) {
  /** @type {any} */ (thread()).outbox.take(id);
  const line = /** @type {any} */ (thread().querySelector(`.message[data-item="${CSS.escape(id)}"]`));
  const why = line?.querySelector(".message__failed")?.textContent.trim() ?? "";
  if (frame.type === "send") line?.remove();
  else if (line) mark(line, "");
  return why;
}
