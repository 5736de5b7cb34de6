// @ts-check
import { address, thread } from "chat/forms";
import { token } from "chat/post";

const [PAUSE, FRESH] = [1_200, 60_000];

/**
 * <draft-keeper>: what stands in the box is kept on the server, encrypted, a moment after one stops
 * writing; never in the browser. What edits a message that was sent is no draft.
 */
class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.box = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    this.kept = this.box.defaultValue;
    if (this.box.value !== this.kept) this.plan(); // written before this was there
    this.addEventListener("input", () => { this.typedAt = Date.now(); this.plan(); });
    this.addEventListener("focusout", () => this.keep());
    addEventListener("pagehide", () => this.keep(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
  }

  plan() {
    clearTimeout(this.later);
    this.say("");
    this.later = setTimeout(() => this.keep(), this.box?.value ? PAUSE : 0);
  }

  /** @param {boolean} [isLeaving] @returns {Promise<boolean>} whether what stands there is kept */
  async keep(isLeaving = false) {
    clearTimeout(this.later);
    const [body, before] = [this.box?.value.trimEnd() ?? "", this.kept];
    const isEdit = /** @type {any} */ (this.querySelector("message-composer")).subject?.now?.verb === "edit";
    // Another tab may have kept, or sent, its own since: what was typed here just now is not lost to that.
    const isDoubtful = isLeaving && body && Date.now() - (this.typedAt ?? 0) < FRESH;
    if ((body === before && !isDoubtful) || isEdit || !this.isConnected) return body === before;
    this.kept = body;
    const topic = thread().getAttribute("topic") ?? "";
    const said = { method: "POST", body: new URLSearchParams({ body, topic }), headers: token(), keepalive: isLeaving };
    const go = () => fetch(`${address()}draft/`, said).catch(() => null);
    // One after the other: what was sent must not be overtaken by how it began.
    this.under = isLeaving || !this.under ? go() : this.under.then(go);
    const answer = await this.under;
    if (!answer?.ok) this.kept = before;
    this.say(answer?.ok && body ? "draft kept" : "");
    return answer?.ok ?? false;
  }

  /** @param {string} words */
  say(words) {
    const place = this.querySelector("[data-kept]");
    if (place) place.textContent = words;
  }
}

customElements.define("draft-keeper", DraftKeeper);
