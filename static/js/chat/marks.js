// @ts-check
import { form, log, part } from "chat/forms";

const WHY = {
  closed: "nothing more can be written here.",
  not_allowed: "you may not write here.",
  needs_reason: "it could tell who somebody is, and nobody said why.",
  identifies_somebody: "it could tell who somebody is.",
  gone: "that message is no longer there.",
  unfit_body: "it is empty, too long, or holds a character that cannot be sent.",
  not_asked: "it asks you for nothing.",
  no_such_file: "a file is no longer there. Attach it once more.",
};

/** @param {Element} line @param {string} state sending, kept, failed, refused, or nothing @param {string} [type] of what was said */
export function mark(line, state, code = "", type = "send") {
  const place = part(line, "state");
  if (state === "kept") for (const old of log().querySelectorAll('[data-state="kept"]')) mark(old, "");
  /** @type {HTMLElement} */ (line).dataset.state = state;
  place.replaceChildren(...(state ? [form(state)] : []));
  const [what, why] = ["what", "why"].map((name) => place.querySelector(`[data-${name}]`));
  if (what && type !== "send") what.textContent = "Not changed";
  if (why) why.textContent = WHY[code] ?? "the server did not take it.";
}

/** @param {HTMLElement} line @param {boolean} isPinned */
export function pin(line, isPinned) {
  line.toggleAttribute("data-pinned", isPinned);
  part(line, "pinned").hidden = !isPinned;
}
