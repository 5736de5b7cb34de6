// @ts-check
const CAUSES = ["live:lost", "live:found", "live:ended"];
const QUIETLY = 4_000;

/**
 * <live-notice probe>: says, in the words of its templates, when news no longer come by themselves:
 * after a while that the line is lost, and at once that the session is over. A lost line may be just
 * that: the probe tells which, since a browser hides why it was refused.
 */
class LiveNotice extends HTMLElement {
  connectedCallback() {
    for (const cause of CAUSES) document.body.addEventListener(cause, this);
  }

  disconnectedCallback() {
    for (const cause of CAUSES) document.body.removeEventListener(cause, this);
    clearTimeout(this.later);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "live:lost") this.later ??= setTimeout(() => this.probe(), QUIETLY);
    else this.show(event.type === "live:ended" ? "ended" : "");
  }

  async probe() {
    const headers = { "HX-Request": "true", "X-Passive": "1" };
    const answer = await fetch(this.getAttribute("probe") ?? "", { headers }).catch(() => null);
    if (this.later) this.show(answer?.headers.has("HX-Redirect") ? "ended" : "lost");
  }

  /** @param {string} what */
  show(what) {
    clearTimeout(this.later);
    this.later = undefined;
    this.querySelector(":scope > :not(template)")?.remove();
    const words = this.querySelector(`template[data-when="${what}"]`);
    if (words instanceof HTMLTemplateElement) this.append(words.content.cloneNode(true));
  }
}

customElements.define("live-notice", LiveNotice);
