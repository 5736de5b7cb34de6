// @ts-check
import { announce, log, me, note, part, thread } from "chat/forms";
import { mark, pin } from "chat/marks";
import { edited, gone, message } from "chat/message";
import { place } from "chat/order";
import { requote } from "chat/quotes";
import { react } from "chat/reactions";

const GUARDED = ["needs_reason", "identifies_somebody"];

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
};

/** @param {any} event the next entry of the log */
export function show(event) {
  const about = ABOUT[event.kind];
  requote(event);
  if (event.kind === "message") place(message(event, sent(event.client_id) ?? undefined));
  else if (event.kind === "swept") swept(event.target);
  else if (!about) place(note(event));
  else if (find(event.target)) about(find(event.target), event);
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
const WORDS = ["send", "edit"];
const AMISS = ["failed", "refused"];

/** @param {{id: string, frame: any, state: string, code?: string}} item of the outbox */
export function state({ id, frame, state, code = "" }) {
  const line = frame.type === "send" ? sent(frame.client_id) : find(frame.seq);
  if (line) mark(line, WORDS.includes(frame.type) || AMISS.includes(state) ? state : "", code);
  if (line) line.dataset.item = id;
  if (line && AMISS.includes(state)) announce(part(line, "state").querySelector(".message__failed").textContent.trim());
  if (state !== "refused" || !GUARDED.includes(code)) return;
  thread().dispatchEvent(new CustomEvent("chat:returned", { detail: { id: frame.client_id, frame } }));
}

/** A reset: what follows is the newest page. */
export function clear() {
  log().replaceChildren();
  thread().querySelector(".thread__all")?.replaceChildren(log());
}
