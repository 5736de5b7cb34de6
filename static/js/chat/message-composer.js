// @ts-check
import { say, thread } from "chat/forms";
import { frame } from "chat/frame";
import { isLater, keepForLater } from "chat/send-later";
import { Subject } from "chat/subject";

const [LONGEST, NEAR, SAYING, OWN] = [8_000, 500, 3_000, '.message[data-own]:not([data-gone], [data-seq=""])'];

/**
 * <message-composer>: Enter sends where there is a keyboard, Shift+Enter breaks the line; arrow-up
 * in an empty box edits the last of one's own; Escape cancels. Without it, the form is a form.
 */
class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.box = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    this.subject = new Subject(this, this.box);
    this.hasKeys = matchMedia("(hover: hover) and (pointer: fine)").matches;
    for (const type of ["submit", "keydown", "input", "click"]) this.addEventListener(type, this);
    this.box.removeAttribute("maxlength"); // what is pasted is not cut: it is counted
    this.count();
  }

  /** @param {any} event */
  handleEvent(event) {
    if (event.type === "keydown") return this.press(event);
    if (event.type === "input") return this.type(event);
    if (event.type === "click" && !event.target.closest("[data-cancel]")) return undefined;
    event.preventDefault();
    return event.type === "submit" ? this.send() : this.cancel();
  }

  /** @param {KeyboardEvent} event a key that ends a word being composed is none of ours */
  press(event) {
    if (event.target !== this.box || event.isComposing || event.keyCode === 229) return;
    const last = event.key === "ArrowUp" && !this.box.value && [...thread().querySelectorAll(OWN)].at(-1);
    if (event.key === "Enter" && this.hasKeys && !event.shiftKey && !event.altKey) this.send();
    else if (last) this.subject?.take("edit", last);
    else if (event.key === "Escape" && this.subject?.now) this.cancel();
    else return;
    event.preventDefault();
  }

  /** @param {Event} event */
  type(event) {
    if (event.target !== this.box) return;
    this.count();
    if (!this.box.value || Date.now() - (this.saidAt ?? 0) < SAYING) return;
    this.saidAt = Date.now();
    say({ type: "typing", conversation: thread().getAttribute("conversation") });
  }

  count() {
    const left = LONGEST - [...this.box.value].length;
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-count]"));
    place.hidden = left > NEAR;
    place.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    return left;
  }

  cancel() {
    this.subject?.drop();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.box.focus();
  }

  send() {
    const body = this.box.value.trimEnd();
    const { verb, seq } = this.subject?.now ?? {};
    const says = body || (verb !== "edit" && this.querySelector("[name=files]"));
    if (!says || this.count() < 0) return this.box.focus();
    const said = frame(this.box.form, body, seq);
    if (verb !== "edit" && isLater(this.box)) return keepForLater(this, said);
    /** @type {any} */ (thread()).send(verb === "edit" ? { type: "edit", seq, body, guard_reason: said.guard_reason } : said);
    this.subject?.done();
    this.saidAt = 0;
    return this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("message-composer", MessageComposer);
