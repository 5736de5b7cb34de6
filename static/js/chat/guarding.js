// @ts-check
import { token } from "chat/post";

/**
 * What the guard says of a form's words, as a piece; nothing when it cannot be asked.
 * @param {string} at @param {URLSearchParams} body @param {AbortSignal} signal
 */
export async function findings(at, body, signal) {
  const headers = { ...token(), "X-Passive": "1" };
  const said = { method: "POST", body, headers, signal };
  const answer = await fetch(at, said).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const text = await answer.text().catch(() => "");
  const page = new DOMParser().parseFromString(text, "text/html");
  return /** @type {HTMLElement | null} */ (page.body.firstElementChild);
}

/**
 * Other words for some of a box, which may have moved since it was asked about them.
 * @param {HTMLTextAreaElement} box @param {DOMStringMap} said with the place in code points
 */
export function replace(box, { words = "", rewrite = "", start }) {
  const asked = [...box.value].slice(0, Number(start)).join("").length;
  const at = nearest(box.value, words, asked);
  if (at >= 0) box.setRangeText(rewrite, at, at + words.length, "end");
}

/** @param {string} text @param {string} words @param {number} at */
function nearest(text, words, at) {
  const [before, after] = [text.lastIndexOf(words, at), text.indexOf(words, at)];
  return after < 0 || (before >= 0 && at - before < after - at) ? before : after;
}
