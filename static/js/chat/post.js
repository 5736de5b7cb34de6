// @ts-check
import { thread } from "chat/forms";

export const PATIENCE = 30_000;

/** How a frame of the socket is said by HTTP: method, place, and what of it goes along. */
const WAYS = {
  send: () => ["POST", "messages", ["client_id", "body", "reply_to", "topic", "mentions", "expires_in", "confirm_in", "guard_reason", "files"]],
  edit: (/** @type {any} */ frame) => ["PATCH", `messages/${frame.seq}`, ["client_id", "body", "guard_reason"]],
  recall: (/** @type {any} */ frame) => ["DELETE", `messages/${frame.seq}`, []],
  react: (/** @type {any} */ { seq, reaction }) => [sign(reaction[0] === "+"), `messages/${seq}/reactions/${reaction.slice(1)}`, []],
  pin: (/** @type {any} */ frame) => ["PUT", `messages/${frame.seq}/pin`, []],
  unpin: (/** @type {any} */ frame) => ["DELETE", `messages/${frame.seq}/pin`, []],
  confirm: (/** @type {any} */ frame) => ["PUT", `messages/${frame.seq}/confirmation`, []],
  read: () => ["PUT", "position", ["seq"]],
};

/** @param {boolean} isMore */
const sign = (isMore) => (isMore ? "PUT" : "DELETE");

/** What htmx sends too: that the page is ours. */
export const token = () => JSON.parse(document.body.dataset.hxHeaders ?? "{}");

/**
 * To the same log under the same ids. What the server refuses has a code; a line that is away, or a
 * server that fails, throws.
 * @param {any} frame
 */
export async function post(frame) {
  const [method, place, names] = WAYS[frame.type](frame);
  const said = Object.fromEntries(names.map((/** @type {string} */ name) => [name, frame[name]]));
  const body = names.length ? JSON.stringify(said) : undefined;
  const headers = { "Content-Type": "application/json", ...token() };
  const signal = AbortSignal.timeout(PATIENCE); // others wait behind it
  const answer = await fetch(thread().getAttribute("api") + place, { method, body, headers, signal });
  if (answer.status >= 500 || answer.status === 401) throw new Error(String(answer.status));
  if (answer.status === 204) return {};
  const told = await answer.json();
  return answer.ok ? told : { code: told.errors[0].code };
}

/** @param {number} since What a socket that stays away does not bring. */
export async function fetchLog(since) {
  const headers = { "X-Passive": "1" };
  const answer = await fetch(`${thread().getAttribute("api")}messages?since=${since}&limit=200`, { headers });
  return answer.ok ? answer.json() : { code: answer.status };
}
