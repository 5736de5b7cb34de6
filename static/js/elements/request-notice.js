// @ts-check

const FAILURES = ["htmx:sendError", "htmx:responseError", "htmx:timeout"];

/** <request-notice>: says so when a request in the page failed, in the words of its template. */
class RequestNotice extends HTMLElement {
  connectedCallback() {
    for (const name of FAILURES) document.body.addEventListener(name, this);
    document.body.addEventListener("htmx:beforeRequest", this);
  }

  disconnectedCallback() {
    for (const name of FAILURES) document.body.removeEventListener(name, this);
    document.body.removeEventListener("htmx:beforeRequest", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    // What the page asks by itself fails by itself: nobody waits for it.
    if (event.target instanceof Element && event.target.closest("[data-quietly]")) return;
    this.querySelector(".notice")?.remove();
    if (!FAILURES.includes(event.type)) return;
    const template = this.querySelector("template");
    if (template) this.append(template.content.cloneNode(true));
  }
}

customElements.define("request-notice", RequestNotice);
