// @ts-check
import { announce, called, me, part, person, thread } from "chat/forms";
import { find } from "chat/lines";
import { writing } from "chat/names";
import { excerpt } from "chat/words";

const FADES = 5_000;

/**
 * <people-note>: who is here and who is writing, and for those who listen what somebody wrote.
 * Its own text says who writes; what is new is announced beside it.
 */
class PeopleNote extends HTMLElement {
  connectedCallback() {
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.writing = new Map();
    this.here = new Set();
    thread().addEventListener("htmx:afterSwap", () => this.dot());
    for (const type of ["chat:typing", "chat:presence", "chat:arrived"]) thread().addEventListener(type, this);
  }

  /** @param {any} event */
  handleEvent({ type, detail }) {
    if (type === "chat:typing") this.write(detail.person);
    else if (type === "chat:presence") this.come(detail);
    else this.arrive(detail);
  }

  /** @param {any} who */
  write(who) {
    const id = who.id ?? who;
    if (id === me()) return;
    clearTimeout(this.writing?.get(id));
    this.writing?.set(id, setTimeout(() => this.stop(id), FADES));
    this.say();
  }

  /** @param {string} id */
  stop(id) {
    clearTimeout(this.writing?.get(id));
    this.writing?.delete(id);
    this.say();
  }

  say() {
    const names = [.../** @type {any} */ (this.writing).keys()].map((id) => person(id)?.dataset.name ?? "Somebody");
    this.textContent = writing(names);
  }

  /** @param {any} presence */
  come({ person: who, here }) {
    const id = who.id ?? who;
    if (here) this.here?.add(id);
    else this.here?.delete(id);
    this.dot();
  }

  /** Again where the names were drawn anew. */
  dot() {
    for (const place of /** @type {any} */ (thread().querySelectorAll("[data-person]"))) {
      const isHere = this.here?.has(place.dataset.person) && place.dataset.person !== me();
      place.toggleAttribute("data-here", isHere);
      place.querySelector(".person__here").hidden = !isHere;
    }
  }

  /** @param {any} event */
  arrive(event) {
    if (event.kind !== "message" || event.sender?.id === me()) return;
    this.stop(event.sender?.id);
    const line = find(event.seq);
    if (!line) return;
    announce(`${called(event.sender)}: ${excerpt(part(line, "body").textContent)}${event.confirm_by ? " Please confirm." : ""}`);
  }
}

customElements.define("people-note", PeopleNote);
