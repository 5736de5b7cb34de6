// @ts-check
const [PATIENCE, TRIES] = [6_000, 4];
// Of these the same words, said again in a moment, are kept.
export const PASSING = ["too_fast", "unavailable"];

/** @typedef {{id: string, frame: any, state: string, tries: number, code?: string, timer?: number}} Item */

/** @param {Item} item */
export const isWords = ({ frame }) => frame.body !== undefined;

/** The ways to the log: the socket, and where that is silent a form. An item sent twice is still one. */
export class Carrier {
  isSilent = false;

  /** @param {(frame: object) => boolean} say @param {(frame: any) => Promise<any>} post @param {import("chat/outbox").Outbox} outbox */
  constructor(say, post, outbox) {
    [this.say, this.post, this.outbox] = [say, post, outbox];
  }

  /** @param {Item} item */
  carry(item) {
    clearTimeout(item.timer);
    item.tries += 1;
    item.timer = setTimeout(() => this.#form(item), this.say(item.frame) && !this.isSilent ? PATIENCE : 0);
  }

  /** @param {Item} item once more in a moment @returns {boolean} whether there is still hope */
  wait(item) {
    item.timer = setTimeout(() => this.carry(item), 500 * 2 ** item.tries);
    if (item.tries > TRIES) clearTimeout(item.timer);
    return item.tries <= TRIES;
  }

  /** @param {Item} item */
  async #form(item) {
    this.isSilent = true;
    const answer = await this.post(item.frame).catch(() => null);
    if (answer?.code) this.outbox.refuse(item.id, answer.code);
    else if (answer) this.outbox.keep(item.id);
    else if (this.outbox.items.has(item.id)) this.outbox.fail();
  }
}
