// @ts-check
import { offers } from "chat/names";

const TYPED = /(?:^|\s)@(\p{L}[\p{L}.'’ -]{0,30})?$/u;

/** <mention-list>: after an @ it offers the members. Arrows move, Enter or Tab takes one, Escape closes. */
class MentionList extends HTMLElement {
  connectedCallback() {
    this.list = /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
    const form = this.closest("form");
    this.box = /** @type {HTMLTextAreaElement} */ (form?.querySelector("textarea"));
    this.box.addEventListener("input", () => this.offer());
    this.box.addEventListener("blur", () => this.close());
    form?.addEventListener("keydown", (event) => this.press(event), true);
    this.addEventListener("mousedown", (event) => this.choose(event));
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (this.list).children]);
  }

  get typed() {
    const found = TYPED.exec(this.box?.value.slice(0, this.box.selectionEnd) ?? "");
    return found && (found[1] ?? "");
  }

  offer() {
    this.list?.replaceChildren(...(this.typed === null ? [] : offers(this.typed)));
    this.mark(0);
  }

  /** @param {number} at */
  mark(at) {
    const [options, box] = [this.options, this.box];
    const here = options.at(at % (options.length || 1));
    for (const one of options) one.ariaSelected = String(one === here);
    /** @type {HTMLElement} */ (this.list).hidden = !options.length;
    if (here) box?.setAttribute("aria-activedescendant", here.id);
    else box?.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event before the composer hears it */
  press(event) {
    if (!this.options.length || event.isComposing) return;
    const at = this.options.findIndex((one) => one.ariaSelected === "true");
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in steps) this.mark(steps[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.options[at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {any} event */
  choose(event) {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) this.take(option);
  }

  /** @param {HTMLElement} option */
  take(option) {
    const box = /** @type {HTMLTextAreaElement} */ (this.box);
    const end = box.selectionEnd;
    box.setRangeText(`@${option.textContent} `, end - (this.typed?.length ?? 0) - 1, end, "end");
    this.close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.list?.replaceChildren();
    this.mark(0);
  }
}

customElements.define("mention-list", MentionList);
