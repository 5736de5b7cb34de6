// @ts-check
/** @type {Intl.DateTimeFormatOptions} */
const SHORT = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };

/** <composer-options>: what is chosen stands on its button while it is closed; Escape and a press elsewhere close it. */
class ComposerOptions extends HTMLElement {
  connectedCallback() {
    this.details = /** @type {HTMLDetailsElement} */ (this.querySelector("details"));
    this.until = new AbortController();
    this.closest("message-composer")?.addEventListener("input", () => this.show(), this.until);
    document.addEventListener("pointerdown", (event) => this.leave(event), this.until);
    this.addEventListener("keydown", (event) => this.press(event));
    this.show();
  }

  disconnectedCallback() {
    this.until?.abort();
  }

  /** What is chosen for it alone comes first, and last where it belongs: on a phone the rest is cut. */
  show() {
    const chosen = [...this.querySelectorAll("select")].filter((select) => select.value).reverse();
    const said = chosen.map((select) => `${select.labels[0].firstChild?.textContent?.trim()}: ${this.said(select)}`).join(" · ");
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-chosen]"));
    if (place.textContent !== said) place.textContent = said;
  }

  /** @param {HTMLSelectElement} select what is typed is of her clock, whichever the browser has */
  said({ value, selectedOptions }) {
    const named = /** @type {HTMLInputElement | null} */ (this.querySelector("[name=at]"));
    const own = value === "at" && named?.value;
    return own ? new Date(own).toLocaleString("en-GB", SHORT).replace(" at ", ", ") : selectedOptions[0].text;
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
