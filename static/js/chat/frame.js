// @ts-check
import { thread } from "chat/forms";

/**
 * A message as it is sent: what its form says, and whom its words name.
 * @param {HTMLFormElement | null} form @param {string} body @param {number} [answered]
 */
export function frame(form, body, answered) {
  const chosen = Object.fromEntries(new FormData(form ?? undefined));
  const said = compact({
    type: "send",
    files: new FormData(form ?? undefined).getAll("files"),
    reply_to: answered,
    topic: chosen.topic,
    expires_in: Number(chosen.expires_in),
    confirm_in: Number(chosen.confirm_in),
    guard_reason: chosen.guard_reason,
    mentions: mentioned(body),
  });
  return { ...said, body };
}

/** @param {string} body */
export function mentioned(body) {
  const people = /** @type {HTMLElement[]} */ ([...thread().querySelectorAll("[data-person]")]);
  const named = people.filter((one) => body.includes(`@${one.dataset.name}`));
  return named.map((one) => String(one.dataset.person));
}

/** @param {Record<string, any>} said Without what says nothing. */
function compact(said) {
  const kept = Object.entries(said).filter(([, value]) => value && value.length !== 0);
  return Object.fromEntries(kept);
}
