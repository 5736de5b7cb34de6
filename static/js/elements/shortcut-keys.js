// @ts-check

const WRITING = "input, textarea, select, [contenteditable]";
const YEAR = 365 * 24 * 3600;

/**
 * <shortcut-keys>: `?` opens its dialog; other keys go to what says data-key, as "/" or "g f".
 * A field is focused, anything else is clicked. The checkbox in it switches single keys off.
 */
class ShortcutKeys extends HTMLElement {
  before = "";

  connectedCallback() {
    document.addEventListener("keydown", this);
    this.querySelector("button")?.addEventListener("click", () => this.open());
    const box = this.box;
    if (!box) return;
    box.checked = !document.cookie.includes("keys=off");
    box.addEventListener("change", () => this.remember(box.checked));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  get box() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input[type=checkbox]"));
  }

  open() {
    this.querySelector("dialog")?.showModal();
  }

  /** @param {boolean} on */
  remember(on) {
    document.cookie = `keys=${on ? "on" : "off"}; path=/; max-age=${YEAR}; SameSite=Lax`;
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!this.box?.checked || document.querySelector("dialog[open]")) return;
    if (/** @type {Element} */ (event.target).closest(WRITING)) return;
    this.press(event);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const keys = this.before ? `${this.before} ${event.key}` : event.key;
    this.before = keys === "g" ? "g" : "";
    if (keys === "?") return this.open();
    const target = /** @type {HTMLElement | null} */ (
      document.querySelector(`[data-key="${CSS.escape(keys)}"]`)
    );
    if (!target) return;
    event.preventDefault();
    if (target.matches(WRITING)) target.focus();
    else target.click();
  }
}

customElements.define("shortcut-keys", ShortcutKeys);
