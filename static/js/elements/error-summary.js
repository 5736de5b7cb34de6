// @ts-check

/** <error-summary>: takes the focus when it appears, so that it is read and reached first. */
class ErrorSummary extends HTMLElement {
  connectedCallback() {
    /** @type {HTMLElement | null} */ (this.querySelector("[tabindex]"))?.focus();
  }
}

customElements.define("error-summary", ErrorSummary);
