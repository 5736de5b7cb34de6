// @ts-check
import { thread } from "chat/forms";
import { fetchLog } from "chat/post";

const QUIETLY = 4_000;
const EVERY = 8_000;
const line = () => /** @type {any} */ (document.querySelector("live-connection"));
const isHere = () => line()?.isHere ?? false;

/**
 * A line that is away for more than a moment is said; and what it does not bring is fetched, as far
 * as pages can be fetched at all.
 * @param {import("chat/room").Room} room
 * @param {AbortController} until
 */
export function watchAway(room, until) {
  const away = /** @type {HTMLElement | null} */ (thread().querySelector("[data-away]"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  document.body.addEventListener("live:lost", () => {
    later ??= setTimeout(() => { if (away) away.hidden = isHere(); }, QUIETLY);
  }, until);
  document.body.addEventListener("live:found", () => {
    clearTimeout(later);
    later = undefined;
    if (away) away.hidden = true;
  }, until);
  addEventListener("beforeunload", keepOpen, until);
  const every = setInterval(() => isHere() || document.hidden || follow(room), EVERY);
  until.signal.addEventListener("abort", () => clearInterval(every));
}

/** @param {Event} event What is not kept yet stands in this tab alone: the browser asks first. */
function keepOpen(event) {
  const isUnkept = thread().querySelector("[data-unkept]:not([hidden]), [data-keeping]");
  if (isUnkept || /** @type {any} */ (thread()).outbox?.items.size) event.preventDefault();
}

/** @param {import("chat/room").Room} room */
async function follow(room) {
  const told = await fetchLog(room.seq ?? 0).catch(() => null);
  if (told?.code === 401) line()?.lose(4401); // a socket that is refused cannot say why
  if (told?.code === 404) /** @type {any} */ (thread()).end();
  for (const event of told?.events ?? []) room.hear(event);
}
