// @ts-check
const [PATIENCE, TRIES] = [6_000, 4];
// Of these the same words, said again in a moment, are kept.
export const PASSING = ["too_fast", "unavailable"];

/** @typedef {{id: string, frame: any, state: string, tries: number, code?: string, timer?: number}} Item */

/**
 * What was sent and is not yet known to be kept, in memory. An item has an id of its own: sent
 * again, it is still one. It goes by the socket; where that is silent, as a form; and else it says
 * that it failed, until there is a line again or somebody tries again.
 */
export class Outbox {
  /** @type {Map<string, Item>} */
  items = new Map();

  /** @param {(frame: object) => boolean} say @param {(frame: any) => Promise<any>} post @param {(item: Item) => void} changed */
  constructor(say, post, changed) {
    [this.say, this.post, this.changed] = [say, post, changed];
  }

  /** @param {any} frame */
  add(frame) {
    this.attempt({ id: frame.client_id, frame, state: "", tries: 0 });
  }

  /** @param {Item} item */
  attempt(item) {
    clearTimeout(item.timer);
    item.tries += 1;
    this.items.set(item.id, item);
    this.mark(item, "sending");
    item.timer = setTimeout(() => this.#form(item), this.say(item.frame) ? PATIENCE : 0);
  }

  /** There is a line again: everything anew, in its order. */
  again() {
    for (const item of this.items.values()) if (item.state !== "refused") this.attempt(item);
  }

  /** @param {string} id @returns {Item | undefined} it is on its way no more */
  take(id) {
    const item = this.items.get(id);
    clearTimeout(item?.timer);
    this.items.delete(id);
    return item;
  }

  /** @param {string} id */
  keep(id) {
    const item = this.take(id);
    if (item) this.mark(item, "kept");
  }

  /** @param {string} id @param {string} code */
  refuse(id, code) {
    const item = this.items.get(id);
    if (!item) return;
    clearTimeout(item.timer);
    item.code = code;
    if (!PASSING.includes(code)) this.mark(item, "refused");
    else if (item.tries > TRIES) this.mark(item, "failed");
    else item.timer = setTimeout(() => this.attempt(item), 500 * 2 ** item.tries);
  }

  /** @param {Item} item @param {string} state */
  mark(item, state) {
    item.state = state;
    this.changed(item);
  }

  /** @param {Item} item */
  async #form(item) {
    const answer = await this.post(item.frame).catch(() => null);
    if (answer?.code) this.refuse(item.id, answer.code);
    else if (answer) this.keep(item.id);
    else if (this.items.has(item.id)) this.mark(item, "failed");
  }
}
