// @ts-check
import { watchAway } from "chat/away";
import { form, say, thread } from "chat/forms";
import * as lines from "chat/lines";
import { Outbox } from "chat/outbox";
import { post } from "chat/post";
import { watchReturns } from "chat/returns";
import { Room } from "chat/room";

const OVER = ["not_found", "removed"];

/** @param {string} what @param {any} detail */
const tell = (what, detail) => thread().dispatchEvent(new CustomEvent(`chat:${what}`, { detail }));

/**
 * <message-thread conversation epoch seq me address zone>: keeps the lines of a conversation as its log has
 * them, and sends for the elements inside: they hear chat:<type of a frame>, <kind of an entry>, arriving, arrived, echoed.
 */
class MessageThread extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("apart")) return; // an older page, read as it is
    this.gone = new AbortController();
    const [conversation, epoch] = ["conversation", "epoch"].map((name) => String(this.getAttribute(name)));
    const page = { say, deliver: this.deliver.bind(this), empty: lines.clear };
    this.room = new Room(conversation, epoch, Number(this.getAttribute("seq")), page);
    this.outbox = new Outbox(say, post, lines.state);
    for (const type of ["found", "frame", "removed", "ended"]) document.body.addEventListener(`live:${type}`, this, this.gone);
    watchAway(this.room, this.gone);
    watchReturns(this.gone);
    this.room.join();
  }

  disconnectedCallback() {
    this.gone?.abort();
  }

  /** @param {any} event of the one socket */
  handleEvent({ type, detail }) {
    if (type === "live:found") return this.room?.join();
    if (type === "live:ended") return lines.clear(); // what she writes stays: it is hers
    return detail ? this.hear(detail) : this.end();
  }

  /** @param {any} frame */
  hear(frame) {
    this.room?.hear(frame);
    if (this.outbox) this.outbox.carrier.isSilent = false;
    if (frame.type === "ack") this.outbox?.keep(frame.client_id);
    else if (frame.type === "error" && OVER.includes(frame.code)) this.end();
    else if (frame.type === "error") this.outbox?.refuse(String(frame.ref), frame.code);
    else if (frame.type === "synced") this.outbox?.go();
    tell(frame.type, frame);
  }

  /** @param {any} event the next entry of the log */
  deliver(event) {
    this.outbox?.keep(event.client_id);
    tell("arriving", event);
    lines.show(event);
    for (const what of ["arrived", event.kind]) tell(what, event);
  }

  /** @param {any} frame Words show at once where they will stand, and then whether they are kept. */
  send(frame) {
    const sent = { ...frame, conversation: this.room?.conversation, client_id: crypto.randomUUID() };
    if (frame.type === "send") lines.echo(sent);
    this.outbox?.add(sent);
    if (frame.body !== undefined) tell("echoed", sent);
  }

  /** She is no longer in it: what stands here goes. */
  end() {
    this.disconnectedCallback();
    this.replaceChildren(form("over"));
  }
}

customElements.define("message-thread", MessageThread);
