// @ts-check
import { Carrier, isWords, PASSING } from "chat/carrier";
/** @typedef {import("chat/carrier").Item} Item */

/**
 * What was sent and is not yet known to be kept, in memory. One goes after the other, so that they are
 * kept in their order. Where there is no way, all that wait say so, until there is a line again.
 */
export class Outbox {
  items = /** @type {Map<string, Item>} */ (new Map());
  going = /** @type {Item | undefined} */ (undefined);

  /** @param {(frame: object) => boolean} say @param {(frame: any) => Promise<any>} post @param {(item: Item) => void} changed */
  constructor(say, post, changed) {
    [this.changed, this.carrier] = [changed, new Carrier(say, post, this)];
  }

  /** What has no words, as a recall, waits for none. */
  get waiting() {
    const all = [...this.items.values()].filter(({ state }) => state !== "refused");
    return [...all.filter((item) => !isWords(item)), ...all.filter(isWords)];
  }

  /** @param {any} frame */
  add(frame) {
    const item = { id: frame.client_id, frame, state: "", tries: 0 };
    this.items.set(item.id, item);
    this.mark(item, "sending");
    if (!this.going || (isWords(this.going) && !isWords(item))) this.go();
  }

  /** The first that waits; anew, if it was on its way. */
  go() {
    for (const item of this.waiting) if (item.state !== "sending") this.mark(item, "sending");
    this.going = this.waiting[0];
    if (this.going) this.carrier.carry(Object.assign(this.going, { tries: 0 }));
  }

  /** @param {string} id @returns {Item | undefined} it is on its way no more */
  take(id) {
    const item = this.items.get(id);
    clearTimeout(item?.timer);
    this.items.delete(id);
    if (item === this.going) this.going = undefined;
    return item;
  }

  /** @param {string} id */
  keep(id) {
    const item = this.take(id);
    if (item) this.end(item, "kept");
  }

  /** @param {string} id @param {string} code */
  refuse(id, code) {
    const item = this.items.get(id);
    if (!item) return;
    clearTimeout(item.timer);
    item.code = code;
    if (!PASSING.includes(code)) this.end(item, "refused");
    else if (!this.carrier.wait(item)) this.fail();
  }

  /** @param {Item} item @param {string} state final: what waited for it goes on */
  end(item, state) {
    this.mark(item, state);
    if (!this.going) this.go();
  }

  fail() {
    for (const item of this.waiting) this.mark(Object.assign(item, { tries: 0 }), "failed");
  }

  /** @param {Item} item @param {string} state */
  mark(item, state) {
    item.state = state;
    if (item === this.going && state !== "sending") this.going = undefined;
    this.changed(item);
  }
}
