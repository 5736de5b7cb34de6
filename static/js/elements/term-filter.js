// @ts-check

/**
 * <term-filter>: a long list that is narrowed by typing. Without it the list is whole.
 * Groups with something left open themselves while anything is typed. */
class TermFilter extends HTMLElement {
  connectedCallback() {
    const box = this.box;
    if (!box) return;
    /** @type {HTMLElement} */ (box.closest("label")).hidden = false;
    box.removeAttribute("name");
    this.opened = this.groups.map((group) => group.open);
    box.addEventListener("input", this);
    box.addEventListener("keydown", this);
  }

  get box() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=search]"));
  }

  get groups() {
    return /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll("[data-group]")]);
  }

  get terms() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-term]")]);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) {
      if (event.key === "Enter") event.preventDefault(); // it narrows, it does not send
      return;
    }
    this.narrow(/** @type {HTMLInputElement} */ (this.box).value.trim().toLowerCase());
  }

  /** @param {string} typed */
  narrow(typed) {
    for (const term of this.terms) {
      term.hidden = !(term.querySelector("label")?.textContent ?? "").toLowerCase().includes(typed);
    }
    this.groups.forEach((group, at) => {
      group.hidden = !group.querySelector("[data-term]:not([hidden])");
      group.open = typed ? !group.hidden : (this.opened?.[at] ?? false);
    });
    const left = this.terms.filter((term) => !term.hidden).length;
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = typed ? `${left} left` : "";
  }
}

customElements.define("term-filter", TermFilter);
