// @ts-check

const WARN_BEFORE = 120;

/**
 * <idle-watch data-left="1800" data-ask="…" data-out="…">: opens its dialog two minutes
 * before the session ends, and leaves the page when it is over. The server keeps the
 * time: another tab may have been busy.
 */
class IdleWatch extends HTMLElement {
  connectedCallback() {
    this.#plan(Number(this.dataset.left));
    this.addEventListener("htmx:afterRequest", this);
    document.addEventListener("visibilitychange", this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this);
  }

  /** Somebody chose to stay, or looks at this page again. */
  handleEvent() {
    if (!document.hidden) this.#ask();
  }

  async #ask() {
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(String(this.dataset.ask), { headers });
      this.#plan(answer.redirected || !answer.ok ? 0 : (await answer.json()).left);
    } catch {
      this.#again(30);
    }
  }

  /** @param {number} left */
  #plan(left) {
    const dialog = this.querySelector("dialog");
    if (left <= 0) return location.assign(String(this.dataset.out));
    if (left > WARN_BEFORE) {
      dialog?.close();
      return this.#again(left - WARN_BEFORE);
    }
    if (dialog && !dialog.open) dialog.showModal();
    return this.#again(Math.min(left + 1, 20));
  }

  /** @param {number} seconds */
  #again(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), seconds * 1000);
  }
}

customElements.define("idle-watch", IdleWatch);
