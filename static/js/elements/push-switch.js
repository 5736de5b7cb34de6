// @ts-check
import { subscribe } from "elements/app-worker";

/** <push-switch data-key>: lets this browser be told, once its person has pressed and allowed it. */
class PushSwitch extends HTMLElement {
  connectedCallback() {
    const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
    this.form.hidden = !can;
    if (!can) this.say("missing");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
  }

  get form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  async ask() {
    this.say("");
    if ((await Notification.requestPermission()) !== "granted") return this.say("refused");
    try {
      const said = await subscribe(String(this.dataset.key));
      /** @type {HTMLInputElement} */ (this.form.elements.namedItem("subscription")).value = said;
      this.form.submit();
    } catch {
      this.say("failed");
    }
  }

  /** @param {string} what */
  say(what) {
    for (const words of this.querySelectorAll("[data-when]")) {
      if (words instanceof HTMLElement) words.hidden = words.dataset.when !== what;
    }
  }
}

customElements.define("push-switch", PushSwitch);
