// @ts-check
import { address, thread } from "chat/forms";
import { token } from "chat/post";

const PAUSE = 1_200;

/**
 * <draft-keeper>: what stands in the box is kept on the server, encrypted, a moment after one stops
 * writing; never in the browser. What edits a message that was sent is no draft.
 */
class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.box = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    this.kept = this.box.value;
    this.addEventListener("input", () => this.plan());
    addEventListener("pagehide", () => this.keep(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
  }

  plan() {
    clearTimeout(this.later);
    this.say("");
    this.later = setTimeout(() => this.keep(), this.box?.value ? PAUSE : 0);
  }

  /** @param {boolean} [isLeaving] */
  async keep(isLeaving = false) {
    clearTimeout(this.later);
    const [body, before] = [this.box?.value.trimEnd() ?? "", this.kept];
    const isEdit = /** @type {any} */ (this.querySelector("message-composer")).subject?.now?.verb === "edit";
    if (body === before || isEdit || !this.isConnected) return;
    this.kept = body;
    const topic = thread().getAttribute("topic") ?? "";
    const said = { method: "POST", body: new URLSearchParams({ body, topic }), headers: token(), keepalive: isLeaving };
    const go = () => fetch(`${address()}draft/`, said).catch(() => null);
    // One after the other: what was sent must not be overtaken by how it began.
    this.under = isLeaving || !this.under ? go() : this.under.then(go);
    const answer = await this.under;
    if (!answer?.ok) this.kept = before;
    this.say(answer?.ok && body ? "draft kept" : "");
  }

  /** @param {string} words */
  say(words) {
    const place = this.querySelector("[data-kept]");
    if (place) place.textContent = words;
  }
}

customElements.define("draft-keeper", DraftKeeper);
