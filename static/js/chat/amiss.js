// @ts-check
import { announce, thread } from "chat/forms";

/** @param {string} why the words in the box were not taken; nothing once that no longer holds */
export function amiss(why) {
  const place = /** @type {HTMLElement | null} */ (thread()?.querySelector("[data-amiss]"));
  if (!place) return;
  [place.textContent, place.hidden] = [why, !why];
  if (why) announce(why);
  /** @type {Element} */ (thread().querySelector("message-composer textarea")).ariaInvalid = why ? "true" : null;
}
