// @ts-check

const IN_USE = "select, input[type=text], input[type=search]";

/** <calm-panel>: while one types or chooses in a field, an answer does not replace that field. */
class CalmPanel extends HTMLElement {
  connectedCallback() {
    document.body.addEventListener("htmx:oobBeforeSwap", this);
  }

  disconnectedCallback() {
    document.body.removeEventListener("htmx:oobBeforeSwap", this);
  }

  /** @param {any} event */
  handleEvent(event) {
    const active = document.activeElement;
    if (!active?.matches(IN_USE) || !event.detail.target.contains(active)) return;
    event.detail.shouldSwap = false;
  }
}

customElements.define("calm-panel", CalmPanel);
