// @ts-check
import { PASSING } from "chat/carrier";

/**
 * One conversation as a browser follows it: a place (epoch, seq), and what came too early. It hands
 * each entry of the log on once and in order; where one is missing it asks from its place.
 */
export class Room {
  isAsking = false;
  /** @type {Map<number, any>} */
  early = new Map();

  /**
   * @param {string} conversation
   * @param {string} epoch
   * @param {number | null} seq null after a reset: whatever comes first is the beginning
   * @param {{say: (frame: object) => boolean, deliver: (event: any) => void, empty: () => void}} page
   */
  constructor(conversation, epoch, seq, page) {
    this.conversation = conversation;
    this.epoch = epoch;
    this.seq = seq;
    this.page = page;
  }

  /** Whenever there is a new line. */
  join() {
    const { conversation, epoch } = this;
    const since = this.seq ?? 0;
    this.isAsking = this.page.say({ type: "subscribe", conversation, epoch, since, ref: "room" });
  }

  /** @param {any} said */
  hear(said) {
    if (said.ref === "room" && PASSING.includes(said.code)) setTimeout(() => this.join(), 1_000);
    if (said.conversation !== this.conversation) return;
    if (said.type === "reset") this.restart(said.epoch);
    else if (said.type === "event") this.take(said);
    else if (said.type === "synced") this.settle(said.seq);
  }

  /** @param {string} epoch */
  restart(epoch) {
    this.epoch = epoch;
    this.seq = null;
    this.early.clear();
    this.page.empty();
  }

  /** @param {any} event */
  take(event) {
    const isOurs = event.epoch === this.epoch;
    if (isOurs && this.seq === null) this.seq = event.seq - 1;
    if (isOurs && event.seq > Number(this.seq)) this.early.set(event.seq, event);
    this.release();
    if ((!isOurs || this.early.size) && !this.isAsking) this.join();
  }

  /** @param {number} [known] up to there all was said: what is still missing is not for her */
  release(known = 0) {
    for (const seq of [...this.early.keys()].sort((a, b) => a - b)) {
      if (seq > known && seq !== Number(this.seq) + 1) return;
      const event = this.early.get(seq);
      this.early.delete(seq);
      this.seq = seq;
      this.page.deliver(event);
    }
  }

  /** @param {number} seq */
  settle(seq) {
    this.isAsking = false;
    this.release(seq);
    this.seq = Math.max(this.seq ?? 0, seq);
    this.release();
  }
}
