// @ts-check

/**
 * <quick-switch>: Ctrl+K, or ⌘K, and part of a name lead to a conversation of the list beside.
 */
class QuickSwitch extends HTMLElement {
  connectedCallback() {
    this.dialog = /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
    this.box = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    this.list = /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
    this.box.addEventListener("input", () => this.offer());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => this.go(/** @type {any} */ (event.target).closest("[role=option]")));
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.dialog?.showModal();
    if (this.box) this.box.value = "";
    this.offer();
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (this.list).children]);
  }

  offer() {
    const typed = this.box?.value.trim().toLowerCase() ?? "";
    const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".conversation > a")]);
    const fit = links.filter((link) => title(link).toLowerCase().includes(typed)).slice(0, 12);
    this.list?.replaceChildren(...fit.map(option));
    this.mark(0);
  }

  /** @param {number} at */
  mark(at) {
    const here = this.options.at(at % (this.options.length || 1));
    for (const one of this.options) one.ariaSelected = String(one === here);
    this.box?.setAttribute("aria-activedescendant", here?.id ?? "");
    here?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = this.options.findIndex((one) => one.ariaSelected === "true");
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in steps) this.mark(steps[event.key]);
    else if (event.key === "Enter") this.go(this.options[at]);
    else return;
    event.preventDefault();
  }

  /** @param {HTMLElement | null | undefined} option */
  go(option) {
    if (option?.dataset.address) location.assign(option.dataset.address);
  }
}

/** @param {Element} link */
const title = (link) => link.querySelector(".conversation__title")?.textContent ?? "";

/** @param {HTMLAnchorElement} link @param {number} at */
function option(link, at) {
  const made = document.createElement("li");
  Object.assign(made, { className: "suggestions__option", id: `switch-${at}`, role: "option" });
  made.textContent = title(link);
  made.dataset.address = link.href;
  return made;
}

customElements.define("quick-switch", QuickSwitch);
