// @ts-check
import { intake } from "chat/file-intake";
import { piece, upload } from "chat/files";
import { address, thread } from "chat/forms";

/**
 * <file-tray>: what is chosen, dropped or pasted is attached at once, and stands here until it is
 * sent or taken off. The server keeps the list; without this, the form does the same.
 */
class FileTray extends HTMLElement {
  /** @type {Set<string>} on their way with a message: not to be sent twice */
  gone = new Set();

  connectedCallback() {
    this.over = new AbortController();
    this.box = /** @type {HTMLElement} */ (this.closest("form")?.querySelector("textarea"));
    this.addEventListener("click", (event) => this.remove(event));
    for (const type of ["echoed", "returned"]) thread().addEventListener(`chat:${type}`, this, this.over);
    intake(this, this.box, this.over);
  }

  disconnectedCallback() {
    this.over?.abort();
  }

  /** @param {any} event Where words come back, their files do. */
  async handleEvent({ type, detail }) {
    const [isGoing, files] = [type === "chat:echoed", detail.files ?? []];
    for (const file of files) isGoing ? this.gone.add(file) : this.gone.delete(file);
    if (isGoing && this.gone.size) this.say("");
    this.show(isGoing || !files.length ? undefined : await piece(`${address()}files/`, "GET"));
  }

  /** @param {ArrayLike<File> | null} files one after the other, up to one that is refused */
  async take(files) {
    for (const file of [...(files ?? [])]) if (await this.send(file)) break;
    this.box?.focus();
  }

  /** @param {File} file @returns {Promise<string>} why it is not attached */
  async send(file) {
    this.querySelector("[role=alert]")?.remove();
    const { words, list } = await upload(file, (part) => this.say(`Attaching “${file.name}”…`, part));
    this.show(list);
    const refused = words || (list?.querySelector("[role=alert]") ? `Not attached: ${file.name}` : "");
    this.say(refused || `Attached: ${file.name}`);
    return refused;
  }

  /** @param {any} event */
  async remove(event) {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    this.show(await piece(button.formAction, "POST"));
    this.say("Taken off.");
    this.box?.focus();
  }

  /** @param {Element} [now] the list as the server has it */
  show(now) {
    if (now) this.firstElementChild?.replaceWith(now);
    for (const input of this.querySelectorAll("input")) if (this.gone.has(input.value)) input.closest("li")?.remove();
    const tray = /** @type {HTMLElement} */ (this.firstElementChild);
    tray.hidden = !tray.querySelector("li, [role=alert]");
  }

  /** @param {string} words @param {number} [part] of the whole, while it is sent */
  say(words, part) {
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-coming]"));
    const [said, bar] = [place.querySelector("[role=status]"), place.querySelector("progress")];
    place.hidden = !words;
    if (said && said.textContent !== words) said.textContent = words;
    if (bar) Object.assign(bar, { hidden: part === undefined, value: part ?? 0 });
  }
}

customElements.define("file-tray", FileTray);
