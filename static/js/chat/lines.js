// @ts-check
import { isWords } from "chat/carrier";
import { announce, isKnown, log, me, note, part, thread } from "chat/forms";
import { mark, pin } from "chat/marks";
import { edited, gone, message } from "chat/message";
import { ask, confirmed } from "chat/message-asking";
import { place } from "chat/order";
import { requote } from "chat/quotes";
import { react } from "chat/reactions";

/** @param {number} seq @returns {any} */
export const find = (seq) => document.getElementById(`m${seq}`);

/** @param {string | undefined} client @returns {any} what was sent under this id */
const sent = (client) => client && log().querySelector(`[data-client="${CSS.escape(client)}"]`);

/** What an entry does to the line it speaks of. @type {Record<string, (line: any, event: any) => void>} */
const ABOUT = {
  edit: (line, event) => edited(line, event.body),
  recall: (line) => gone(line, "recall"),
  expired: (line) => gone(line, "expired"),
  reaction: (line, event) => react(line, event.reaction, event.sender?.id),
  pin: (line) => pin(line, true),
  unpin: (line) => pin(line, false),
  confirm: confirmed,
};

/** @param {any} event the next entry of the log */
export function show(event) {
  const about = ABOUT[event.kind];
  requote(event);
  if (event.kind === "message") place(ask(message(event, sent(event.client_id) ?? undefined), event));
  else if (event.kind === "swept") swept(event.target);
  else if (!about && isKnown(`note-${event.kind}`)) place(note(event));
  else if (about && find(event.target)) about(find(event.target), event);
}

/** @param {number} target the newest of those that were older than the conversation keeps */
function swept(target) {
  const lines = /** @type {NodeListOf<HTMLElement>} */ (thread().querySelectorAll(".message[data-seq]"));
  for (const line of lines)
    if (Number(line.dataset.seq) <= target) gone(line, "expired");
}

/** @param {any} frame what is on its way */
export function echo(frame) {
  const at = new Date().toISOString();
  place(message({ ...frame, at, sender: { id: me() } }));
}

/** What else is done with a line shows in the line itself: of that is said only what did not happen. */
const AMISS = ["failed", "refused"];

/** @param {import("chat/carrier").Item} item */
export function state(item) {
  const { id, frame, state, code } = item;
  const line = frame.type === "send" ? sent(frame.client_id) : find(frame.seq);
  const [hasWords, isAmiss] = [isWords(item), AMISS.includes(state)];
  const { outbox } = /** @type {any} */ (thread());
  const before = outbox.items.get(line?.dataset.item);
  const isHeld = before?.state === "refused" && before.id !== id; // words that are not taken back yet
  if (isHeld && hasWords) outbox.take(before.id);
  if (line && (hasWords || (!isHeld && (isAmiss || line.dataset.item === id)))) {
    mark(line, hasWords || isAmiss ? state : "", code, frame.type);
    line.dataset.item = id;
    part(line, "state").querySelector("[data-back]")?.toggleAttribute("hidden", !hasWords);
  }
  if (line && isAmiss) announce(part(line, "state").querySelector(".message__failed").textContent.trim());
  if (state === "refused") thread().dispatchEvent(new CustomEvent("chat:refused", { detail: item }));
}

/** A reset: what follows is the newest page. */
export function clear() {
  log().replaceChildren();
  thread().querySelector(".thread__all")?.replaceChildren(log());
}
