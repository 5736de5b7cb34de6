// @ts-check

/**
 * <term-box>: suggestions from the server. Arrows move, Enter or a click takes one, Escape
 * closes. What is taken becomes a hidden field, and the form is sent. */
class TermBox extends HTMLElement {
  connectedCallback() {
    const box = this.box;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-expanded", "false");
    for (const name of ["keydown", "mousedown", "focusout", "change", "htmx:afterSwap"]) {
      this.addEventListener(name, this);
    }
  }

  get box() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  get list() {
    return /** @type {HTMLElement} */ (this.querySelector(".suggestions"));
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[role=option]")]);
  }

  /** @param {any} event */
  handleEvent(event) {
    if (event.type === "change") return event.stopPropagation();
    if (event.type === "focusout") return this.close();
    if (event.type === "htmx:afterSwap") return this.mark(null);
    if (event.type === "keydown") return this.press(event);
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    this.take(option);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = this.options.findIndex((option) => option.ariaSelected === "true");
    const steps = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1 };
    if (event.key in steps && this.options.length) this.mark(steps[event.key]);
    else if (event.key === "Enter" && at >= 0) this.take(this.options[at]);
    else if (event.key === "Escape" && this.options.length) this.close();
    else return;
    event.preventDefault();
  }

  /** @param {number | null} at Which option is marked; beyond an end it begins anew. */
  mark(at) {
    const { box, options } = this;
    const here = at === null || !options.length ? null : options.at(at % options.length);
    for (const option of options) option.ariaSelected = String(option === here);
    box.setAttribute("aria-expanded", String(options.length > 0));
    box.setAttribute("aria-activedescendant", here?.id ?? "");
    here?.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} option */
  take(option) {
    const taken = document.createElement("input");
    Object.assign(taken, { type: "hidden", name: option.dataset.field, value: option.dataset.value });
    this.append(taken);
    this.box.value = "";
    this.close();
    this.box.form?.requestSubmit();
    taken.remove();
  }

  close() {
    this.list.replaceChildren();
    this.mark(null);
  }
}

customElements.define("term-box", TermBox);
