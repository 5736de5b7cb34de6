// @ts-check
import { fold, unfold } from "chat/folds";
import { thread } from "chat/forms";
import { arrange } from "chat/order";

const FAR = 240;

/**
 * <log-box>: the scrolled lines. It begins at the first unread that is not in sight, keeps the place while lines come,
 * folds what is very long, and shows how to jump to the latest when one is far from it.
 */
class LogBox extends HTMLElement {
  connectedCallback() {
    this.jump = /** @type {HTMLElement} */ (thread().querySelector("[data-jump]"));
    this.addEventListener("scroll", () => this.look(), { passive: true });
    this.addEventListener("htmx:afterSwap", () => this.join());
    this.jump?.addEventListener("click", () => this.end(this));
    this.addEventListener("click", (event) => this.press(event));
    thread().addEventListener("chat:arriving", () => { this.height = this.scrollHeight; });
    thread().addEventListener("chat:arrived", (event) => this.keep(/** @type {any} */ (event).detail));
    thread().addEventListener("chat:echoed", () => this.end(thread().querySelector("textarea")));
    this.unread = 0;
    fold(this);
    const unread = this.querySelector("#new");
    const hasAll = Number(unread?.getBoundingClientRect().top) > this.getBoundingClientRect().top;
    if (!hasAll) unread?.scrollIntoView({ block: "center" });
    this.look();
  }

  /** Reversed: nothing is the end, and what lies before it is negative. */
  get isFar() {
    return this.scrollTop < -FAR;
  }

  /** What came last is out of sight. */
  get isAway() {
    return this.scrollTop < -8;
  }

  look() {
    if (!this.isAway) this.unread = 0;
    if (!this.jump) return;
    this.jump.hidden = !this.isFar && !this.unread;
    const words = this.unread ? `${this.unread} new, jump to latest` : "Jump to latest";
    /** @type {Element} */ (this.jump.querySelector("span")).textContent = words;
  }

  /** @param {any} event who reads what was is not carried along */
  keep(event) {
    fold(this);
    if (this.isAway) this.scrollTop -= this.scrollHeight - (this.height ?? this.scrollHeight);
    if (this.isAway && event.kind === "message") this.unread = (this.unread ?? 0) + 1;
    this.look();
  }

  /** @param {HTMLElement | null} next where one goes on */
  end(next) {
    this.scrollTo({ top: 0 });
    next?.focus({ preventScroll: true });
  }

  /** @param {any} event */
  press(event) {
    const whole = event.target.closest(".message__whole > a");
    if (whole) unfold(this, whole);
    if (whole) event.preventDefault();
  }

  /** Older lines have come: the seam between two days, or two lines of one person. */
  join() {
    fold(this);
    for (const list of this.querySelectorAll(".thread__log")) {
      const first = /** @type {HTMLElement | null} */ (list.querySelector("[data-at]"));
      if (first) arrange(first);
    }
  }
}

customElements.define("log-box", LogBox);
