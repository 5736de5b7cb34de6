// @ts-check
import { dayLine, dayOf } from "chat/times";

/** The one conversation of the page. */
export const thread = () => /** @type {HTMLElement} */ (document.querySelector("message-thread"));
export const me = () => thread().getAttribute("me");
export const address = () => String(thread().getAttribute("address"));

/** Nothing more can be written here. */
export const isOver = () => !thread().querySelector("message-composer");

/** The newest lines; older ones stand in lists above. */
export const log = () => /** @type {Element} */ ([...thread().querySelectorAll(".thread__log")].at(-1));

/** @param {object} frame @returns {boolean} whether there was a line to say it on */
export const say = (frame) =>
  /** @type {any} */ (document.querySelector("live-connection"))?.say?.(frame) ?? false;

/** @param {string} name What the server drew as a form to be filled. @returns {DocumentFragment} */
export function form(name) {
  const template = thread().querySelector(`template[data-form="${name}"]`);
  return document.importNode(/** @type {HTMLTemplateElement} */ (template).content, true);
}

/** @param {string} name A newer server may tell what this page has no words for. */
export const isKnown = (name) => Boolean(thread().querySelector(`template[data-form="${name}"]`));

/** @param {string} name @returns {HTMLElement} */
export const line = (name) => /** @type {HTMLElement} */ (form(name).firstElementChild);

/** @param {Element} of @param {string} name @returns {any} */
export const part = (of, name) => of.querySelector(`[data-part="${name}"]`);

/** @param {string} id @returns {HTMLElement | null} somebody in the conversation */
export const person = (id) => thread().querySelector(`[data-person="${id}"]`);

/** @param {{id: string, name: string} | null | undefined} sender as the page calls her */
export function called(sender) {
  if (sender?.id === me()) return "You";
  return (sender && person(sender.id)?.dataset.name) ?? sender?.name ?? "A former colleague";
}

/** @param {string} words for those who listen, once */
export function announce(words) {
  const says = thread().querySelector("[data-says]");
  if (!says) return;
  says.textContent = ""; // the same once more is heard once more
  requestAnimationFrame(() => { says.textContent = words; });
}

/** @param {string} at */
export function day(at) {
  const made = line("day");
  made.dataset.day = dayOf(at);
  made.children[0].textContent = dayLine(at);
  return made;
}

/** @param {any} event What happened to the conversation, in the words of its form. */
export function note(event) {
  const made = line(`note-${event.kind}`);
  const words = String(made.textContent).trim();
  made.children[0].textContent = words.replace("{person}", called(event.person ?? event.sender));
  Object.assign(made.dataset, { seq: event.seq, at: event.at });
  return made;
}
