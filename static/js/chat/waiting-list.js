// @ts-check
import { amiss } from "chat/amiss";
import { announce, thread } from "chat/forms";
import { token } from "chat/post";
import { heard } from "chat/send-later";
import { takeBack } from "chat/take-back";

const NOT_KEPT = "It could not be taken back just now: it still waits to be sent.";
const SENT = "It was sent, or taken back, meanwhile: its words still stand here.";
const UNSURE = "The line broke: look whether it still waits before you send it.";
// Of the list that stood here before.
let [isOpen, isPressed] = [false, false];

/**
 * <waiting-list>: what is taken back goes into the box, below what stands there. It is kept as a draft
 * before it waits no more, so that its words are somewhere at every moment. Without it, a form does it.
 * What takes its place stays folded out, and keeps the place of whoever pressed something in it.
 */
class WaitingList extends HTMLElement {
  connectedCallback() {
    const fold = this.querySelector("details");
    if (fold) fold.open ||= isOpen;
    isOpen = Boolean(fold?.open);
    fold?.addEventListener("toggle", () => { isOpen = fold.open; });
    this.addEventListener("submit", this);
    this.addEventListener("toggle", (/** @type {any} */ { target }) => {
      if (target !== fold && target.open) target.scrollIntoView({ block: "nearest" });
    }, true); // it does not bubble
    const next = fold?.firstElementChild ?? thread()?.querySelector("message-composer textarea");
    const wrong = /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid]"));
    if (wrong) wrong.focus();
    else if (isPressed && next instanceof HTMLElement) next.focus({ preventScroll: true });
    isPressed = false;
    const told = this.querySelector("[data-told]")?.textContent;
    if (told) announce(told);
  }

  /** @param {any} event */
  handleEvent(event) {
    const [form, composer] = [event.target, /** @type {any} */ (thread()?.querySelector("message-composer"))];
    isPressed = !form.matches("[data-take-back]");
    if (!composer || isPressed) return;
    event.preventDefault();
    this.take(form.dataset, form.closest("li").querySelector("[data-words]").textContent, composer);
  }

  /** @param {DOMStringMap} chosen @param {string} body @param {any} composer */
  async take({ takeBack: id, removal, topic, reply, stays, confirm, staysSaid, confirmSaid }, body, { box }) {
    const before = box.value;
    const said = { expires_in: staysSaid, confirm_in: confirmSaid };
    const frame = { type: "send", body, topic, reply_to: reply, expires_in: stays, confirm_in: confirm, said };
    takeBack({ id: String(id), frame, state: "", tries: 0 }, true);
    if (box.value === before) return;
    const keeper = /** @type {any} */ (box.closest("draft-keeper"));
    if (!(await keeper.keep())) {
      box.value = before;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      return amiss(NOT_KEPT);
    }
    const headers = { ...token(), "HX-Request": "true" };
    const answer = await fetch(String(removal), { method: "POST", headers }).catch(() => null);
    if (!answer?.ok) amiss(answer?.status === 404 ? SENT : UNSURE);
    heard();
  }
}

customElements.define("waiting-list", WaitingList);
