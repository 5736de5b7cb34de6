// @ts-check
import { address, announce, called, isOver, line, me, part, person, thread } from "chat/forms";
import { others } from "chat/names";
import { dayOf, time, whole } from "chat/times";

/** <message-asking>: a message asks to be confirmed; its form is said on the one line. */
class MessageAsking extends HTMLElement {
  connectedCallback() {
    const isHere = thread() && !thread().hasAttribute("apart"); // else its form does it
    if (isHere) part(this, "please").addEventListener("submit", (/** @type {Event} */ event) => this.send(event));
  }

  /** @param {Event} event */
  send(event) {
    event.preventDefault();
    const seq = Number(/** @type {HTMLElement} */ (this.closest(".message")).dataset.seq);
    /** @type {any} */ (thread()).send({ type: "confirm", seq });
  }
}

customElements.define("message-asking", MessageAsking);

/** @param {HTMLElement} at @param {any} event what it says of itself @returns {HTMLElement} */
export function ask(at, event) {
  part(at, "asking")?.remove();
  if (!event.confirm_by || event.recalled) return at;
  const made = line("asking");
  const [please, isOwn] = [part(made, "please"), event.sender?.id === me()];
  for (const by of made.querySelectorAll("time"))
    Object.assign(by, { textContent: moment(event.confirm_by, event), dateTime: event.confirm_by });
  Object.assign(please, { action: `${address()}${event.seq}/confirmation/`, hidden: isOwn || isOver() });
  please.querySelector("button").ariaLabel = `Confirm: ${called(event.sender)}, ${time(event.at)}`;
  if (isOwn && !isOver()) wait(made, others().map((one) => String(one.dataset.person)));
  at.querySelector(".message__marks")?.before(made);
  return at;
}

/** @param {HTMLElement} at @param {any} event Somebody has confirmed it. */
export function confirmed(at, event) {
  const [asking, who] = [part(at, "asking"), event.sender?.id];
  const done = asking && part(asking, "confirmed");
  if (!who || !done || ids(done).includes(who)) return;
  const name = who === me() ? "you" : called(event.sender);
  const word = `${name}, ${moment(event.at, { at: at.dataset.at })}`;
  const said = part(done, "said");
  said.textContent = [said.textContent.trim(), word].filter(Boolean).join("; ");
  [done.dataset.who, done.hidden] = [[...ids(done), who].join(" "), false];
  wait(asking, ids(part(asking, "waiting")).filter((id) => id !== who));
  if (who === me()) thank(at, part(asking, "please"));
  else if (at.hasAttribute("data-own")) announce(`${name} confirmed your message.`);
}

/** Nothing more can be written: nobody is waited for. */
export function askNoMore() {
  for (const asks of /** @type {any} */ (thread().querySelectorAll('[data-part="please"], [data-part="waiting"]'))) {
    if (asks.contains(document.activeElement)) part(asks.closest(".message"), "more").focus();
    asks.hidden = true;
  }
}

/** @param {HTMLElement} at @param {HTMLElement} please */
function thank(at, please) {
  if (please.contains(document.activeElement)) part(at, "more").focus();
  please.hidden = true;
  announce("Confirmed.");
}

/** @param {Element} asking @param {string[]} people */
function wait(asking, people) {
  const waiting = part(asking, "waiting");
  [waiting.dataset.who, waiting.hidden] = [people.join(" "), !people.length];
  const names = people.map((id) => person(id)?.dataset.name).filter(Boolean);
  part(waiting, "names").textContent = names.join(", ");
}

/** @param {HTMLElement} of @returns {string[]} */
const ids = (of) => (of.dataset.who ?? "").split(" ").filter(Boolean);

/** @param {string} at @param {{at?: string}} message the hour, and the day where it is another */
const moment = (at, message) => (dayOf(at) === dayOf(String(message.at)) ? time(at) : whole(at));
