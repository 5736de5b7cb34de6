// @ts-check

/** <composer-options>: what is chosen stands on its button while it is closed; Escape and a press elsewhere close it. */
class ComposerOptions extends HTMLElement {
  connectedCallback() {
    this.details = /** @type {HTMLDetailsElement} */ (this.querySelector("details"));
    this.until = new AbortController();
    const form = /** @type {HTMLFormElement} */ (this.closest("form"));
    form.addEventListener("input", () => this.show(), this.until);
    form.parentElement?.addEventListener("input", () => this.show(), this.until);
    document.addEventListener("pointerdown", (event) => this.leave(event), this.until);
    this.addEventListener("keydown", (event) => this.press(event));
    this.show();
  }

  disconnectedCallback() {
    this.until?.abort();
  }

  show() {
    const chosen = [...this.querySelectorAll("select")].filter((select) => select.value);
    const said = chosen.map((select) => `${select.labels[0].firstChild?.textContent?.trim()}: ${select.selectedOptions[0].text}`);
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-chosen]"));
    if (place.textContent !== said.join(" · ")) place.textContent = said.join(" · ");
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key !== "Escape" || !this.details?.open) return;
    event.preventDefault();
    event.stopPropagation();
    this.details.open = false;
    this.querySelector("summary")?.focus();
  }

  /** @param {Event} event */
  leave({ target }) {
    if (!this.contains(/** @type {Node} */ (target))) this.details?.removeAttribute("open");
  }
}

customElements.define("composer-options", ComposerOptions);
