// @ts-check
import { isOver, part, thread } from "chat/forms";

const NARROW = "(max-width: 30rem)";
// What is not for one's own message, and not for another's.
const [OWN, OTHERS] = [["report"], ["edit", "recall"]];

/**
 * <message-menu>: what one can do with a message, beside it. Without it, the same stands on the
 * message's own page, to which its button leads.
 */
class MessageMenu extends HTMLElement {
  connectedCallback() {
    if (thread().hasAttribute("apart")) return; // an older page sends nothing by itself
    this.menu = /** @type {HTMLElement} */ (this.querySelector("[popover]"));
    this.dialog = /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
    thread().addEventListener("click", (event) => this.press(event));
    this.dialog.addEventListener("close", () => this.dialog?.returnValue && this.act({ type: "recall" }));
  }

  /** @param {any} event */
  press(event) {
    const [more, chosen] = [event.target.closest(".message__more"), event.target.closest(".reaction")];
    const pressed = event.target.closest("message-menu button");
    if (more) this.open(more);
    else if (chosen) this.react(chosen);
    else if (pressed && this.menu?.contains(pressed)) this.choose(pressed.dataset);
    if (more || chosen) event.preventDefault();
  }

  /** @param {HTMLAnchorElement} more */
  open(more) {
    const line = (this.line = /** @type {HTMLElement} */ (more.closest(".message")));
    const menu = /** @type {HTMLElement} */ (this.menu);
    const isGone = line.hasAttribute("data-gone");
    const ways = [line.hasAttribute("data-own") ? OWN : OTHERS, isGone ? "remind" : []].flat();
    for (const entry of /** @type {any} */ (menu.querySelectorAll("[data-do], [role=group]"))) {
      entry.hidden = ((isGone || isOver()) && !entry.href) || ways.includes(entry.dataset.do);
      if (entry.href) entry.href = more.href + entry.dataset.at;
    }
    for (const words of /** @type {any} */ (menu.querySelectorAll("[data-when]"))) {
      words.hidden = (words.dataset.when === "unpin") !== line.hasAttribute("data-pinned");
    }
    menu.showPopover();
    if (!matchMedia(NARROW).matches) this.stand(more.getBoundingClientRect());
    /** @type {any} */ (menu.querySelector(":is(button, a):not([hidden] *, [hidden])"))?.focus();
  }

  /** @param {DOMRect} by */
  stand(by) {
    const menu = /** @type {HTMLElement} */ (this.menu);
    const room = innerHeight - menu.offsetHeight - 8;
    menu.style.top = `${Math.max(8, Math.min(by.bottom, room))}px`;
    menu.style.left = `${Math.max(8, by.right - menu.offsetWidth)}px`;
  }

  /** @param {DOMStringMap} chosen */
  choose({ do: verb, react }) {
    this.menu?.hidePopover();
    const line = /** @type {HTMLElement} */ (this.line);
    const button = part(line, "reactions").querySelector(`[data-code="${react}"]`);
    if (react) this.act({ type: "react", reaction: button?.value ?? `+${react}` });
    else if (verb === "pin") this.act({ type: line.hasAttribute("data-pinned") ? "unpin" : "pin" });
    else if (verb === "recall") this.dialog?.showModal();
    else /** @type {any} */ (thread().querySelector("message-composer"))?.subject.take(verb, line);
  }

  /** @param {HTMLButtonElement} button */
  react(button) {
    this.line = /** @type {HTMLElement} */ (button.closest(".message"));
    this.act({ type: "react", reaction: button.value });
  }

  /** @param {object} frame */
  act(frame) {
    if (!isOver()) /** @type {any} */ (thread()).send({ ...frame, seq: Number(this.line?.dataset.seq) });
  }
}

customElements.define("message-menu", MessageMenu);
