// @ts-check
import { log, say, thread } from "chat/forms";
import { post } from "chat/post";

const PAUSE = 400;

/**
 * <read-mark>: says how far one has read: up to the last line, once it is really seen in a tab that
 * is looked at.
 */
class ReadMark extends HTMLElement {
  connectedCallback() {
    this.seen = new IntersectionObserver((all) => this.see(all.some((one) => one.isIntersecting)));
    this.seen.observe(this);
    document.addEventListener("visibilitychange", this);
    for (const type of ["chat:arrived", "chat:synced"]) thread().addEventListener(type, this);
  }

  disconnectedCallback() {
    this.seen?.disconnect();
    clearTimeout(this.later);
    document.removeEventListener("visibilitychange", this);
  }

  /** @param {boolean} isHere the end of the log is in sight */
  see(isHere) {
    this.isHere = isHere;
    this.handleEvent();
  }

  /** @param {any} [event] What was said on a line that died may be lost: it is said again. */
  handleEvent(event) {
    if (event?.type === "chat:synced" && this.wasSynced) this.setAttribute("seq", "0");
    this.wasSynced ||= event?.type === "chat:synced";
    clearTimeout(this.later);
    if (this.isHere && !document.hidden) this.later = setTimeout(() => this.mark(), PAUSE);
  }

  mark() {
    const lines = /** @type {HTMLElement[]} */ ([...log().querySelectorAll("[data-seq]")]);
    const seq = Math.max(0, ...lines.map((line) => Number(line.dataset.seq)));
    if (seq <= Number(this.getAttribute("seq")) || !this.isConnected) return;
    this.setAttribute("seq", String(seq));
    const frame = { type: "read", conversation: thread().getAttribute("conversation"), seq };
    if (!say(frame)) post(frame).catch(() => this.setAttribute("seq", "0"));
  }
}

customElements.define("read-mark", ReadMark);
