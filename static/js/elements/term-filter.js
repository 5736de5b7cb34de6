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
    box.addEventListener("change", this);
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
    if (event.type === "change") return event.stopPropagation(); // nothing is said by it
    if (event instanceof KeyboardEvent) {
      if (event.key === "Enter") event.preventDefault(); // it narrows, it does not send
      return;
    }
    this.narrow(/** @type {HTMLInputElement} */ (this.box).value.trim().toLowerCase());
  }

  /** @param {HTMLElement} term What it is called, and what else. */
  names(term) {
    const also = /** @type {HTMLElement | null} */ (term.querySelector("[data-words]"));
    return this.words(`${term.querySelector("label")?.textContent} ${also?.dataset.words ?? ""}`);
  }

  /** @param {string} text Its words, each after a space. */
  words(text) {
    return ` ${text}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trimEnd();
  }

  /** @param {string} typed The beginning of a word: "tic" is not in "therapeutic". */
  narrow(typed) {
    for (const term of this.terms) {
      term.hidden = !this.names(term).includes(this.words(typed));
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
