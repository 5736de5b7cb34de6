// @ts-check
import { amiss } from "chat/amiss";
import { address } from "chat/forms";
import { findings, replace } from "chat/guarding";

const PAUSE = 600;

/**
 * <guard-note>: a moment after one stops writing it shows what in the box could tell who somebody is,
 * and takes other words for it by a tap. It hinders nobody, and says aloud only how many there are.
 */
class GuardNote extends HTMLElement {
  count = "0";

  connectedCallback() {
    const composer = /** @type {HTMLElement} */ ((this.closest("[data-guarded], message-composer") ?? this.closest("form")));
    this.box = /** @type {HTMLTextAreaElement} */ (composer.querySelector("textarea"));
    composer.addEventListener("input", (event) => this.contains(/** @type {Node} */ (event.target)) || this.plan());
    this.addEventListener("click", (event) => this.take(/** @type {any} */ (event.target).closest("[data-rewrite]")));
    if (this.box.value) this.plan(0);
  }

  plan(pause = PAUSE) {
    clearTimeout(this.later);
    this.asking?.abort();
    if (this.box?.value.trim()) this.later = setTimeout(() => this.ask(), pause);
    else [this.count, this.textContent] = ["0", ""]; // nothing to say, and nobody has to hear so
  }

  async ask() {
    this.asking = new AbortController();
    const [body, guard_reason] = [this.box?.value ?? "", this.reason?.value ?? ""];
    const at = this.getAttribute("address") ?? `${address()}guard/`;
    const piece = await findings(at, new URLSearchParams({ body, guard_reason }), this.asking.signal);
    if (piece) this.show(piece);
  }

  /**
   * @param {HTMLElement} piece The place of whoever moves among the buttons is kept, and no button goes
   * away under a finger that presses it.
   */
  show(piece) {
    if (this.matches(":active")) {
      this.later = setTimeout(() => this.show(piece), 50);
      return;
    }
    const at = this.buttons.findIndex((one) => one === document.activeElement);
    this.replaceChildren(piece);
    if (at >= 0) (this.buttons[at] ?? this.buttons.at(-1) ?? this.box)?.focus();
    const { found = "0", said = "" } = piece.dataset;
    const place = this.parentElement?.querySelector("[data-guard-says]");
    if (place && found !== this.count) place.textContent = said;
    if (found === "0" && this.count !== "0") amiss(""); // what told is gone
    this.count = found;
  }

  get reason() {
    return this.querySelector("select");
  }

  get buttons() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-rewrite]")]);
  }

  /** @param {HTMLElement | null} button */
  take(button) {
    if (!button || !this.box) return;
    replace(this.box, button.dataset);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.plan(0);
  }
}

customElements.define("guard-note", GuardNote);
