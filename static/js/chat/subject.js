// @ts-check
import { amiss } from "chat/amiss";
import { announce, part } from "chat/forms";
import { excerpt } from "chat/words";

/** What the composer is about besides a new message: one that is answered, or edited. */
export class Subject {
  /** @type {{verb: string, seq: number} | null} */
  now = null;
  before = "";
  /** @type {Element | null} */
  line = null;

  /** @param {HTMLElement} composer @param {HTMLTextAreaElement} box */
  constructor(composer, box) {
    this.bar = /** @type {HTMLElement} */ (composer.querySelector("[data-about]"));
    this.box = box;
    box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} about amiss`.trim());
    const answered = /** @type {HTMLInputElement | null} */ (composer.querySelector("[name=reply_to]"));
    if (answered?.value) this.now = { verb: "reply", seq: Number(answered.value) };
    if (answered?.value) this.#hold(document.getElementById(`m${answered.value}`));
    this.#note();
  }

  /** @param {string} verb reply or edit @param {any} line */
  take(verb, line) {
    this.drop();
    this.now = { verb, seq: Number(line.dataset.seq) };
    this.#hold(line);
    const text = part(line, "body").textContent;
    if (verb === "edit") announce("Editing your message."); // of the rest the box tells by itself
    if (verb === "edit") [this.before, this.box.value] = [this.box.value, text];
    this.#say(verb === "edit" ? "Editing your message." : `Answers ${part(line, "name").textContent}: ${excerpt(text)}`);
    this.box.dispatchEvent(new Event("input", { bubbles: true })); // for whoever looks at what stands there
    this.box.focus();
  }

  /** What stood there before one began to edit comes back. */
  drop() {
    if (this.now?.verb === "edit") this.box.value = this.before;
    [this.now, this.before] = [null, ""];
    this.line?.removeAttribute("data-taken");
    this.#say("");
    amiss("");
  }

  /** It is on its way. How long it stays, and by when it is to be confirmed, was said of it alone: not of an edit. */
  done() {
    this.box.value = "";
    if (this.now?.verb === "edit") return this.drop();
    const more = /** @type {any} */ (this.bar.closest("form")?.querySelector("details"));
    for (const said of more?.querySelectorAll("[name=expires_in], [name=confirm_in]") ?? []) said.selectedIndex = 0;
    more?.removeAttribute("open");
    return this.drop();
  }

  /** @param {Element | null} line */
  #hold(line) {
    this.line = line;
    line?.toggleAttribute("data-taken", true);
  }

  /** Where the bar repeats a message, it says which. */
  #note() {
    this.bar.closest("form")?.toggleAttribute("data-editing", this.now?.verb === "edit");
    if (this.now?.verb === "reply") this.bar.dataset.seq = String(this.now.seq);
    else delete this.bar.dataset.seq;
  }

  /** @param {string} words */
  #say(words) {
    this.#note();
    this.bar.hidden = !words;
    /** @type {Element} */ (this.bar.querySelector("[data-words]")).textContent = words;
  }
}
