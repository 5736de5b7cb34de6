// @ts-check
import { announce, form, thread } from "chat/forms";
import { excerpt } from "chat/words";

const NUMBER = /(?:#m|\/)(\d+)\/?$/;
/** @type {Record<string, string>} which note stands for words that are gone */
const GONE = { recall: "recall", expired: "expired", swept: "expired" };

/** @param {any} event What it does to the words of a message it does wherever these are repeated. */
export function requote({ kind, target, body }) {
  const note = GONE[kind];
  const words = note ? String(form(`note-${note}`).textContent).trim() : kind === "edit" && body;
  if (!words) return;
  /** @param {unknown} seq */
  const isMeant = (seq) => (kind === "swept" ? Number(seq) <= target : Number(seq) === target);
  for (const link of thread().querySelectorAll("a.message__quote[href]"))
    if (isMeant(NUMBER.exec(String(link.getAttribute("href")))?.[1])) link.children[1].textContent = excerpt(words);
  const bar = /** @type {HTMLElement | null} */ (thread().querySelector("[data-about][data-seq]"));
  const said = bar && isMeant(bar.dataset.seq) && bar.querySelector("[data-words]");
  if (said) said.textContent = `Answers: ${excerpt(words)}`;
  announce("");
  if (note) thread().dispatchEvent(new CustomEvent("chat:gone", { detail: isMeant }));
}
