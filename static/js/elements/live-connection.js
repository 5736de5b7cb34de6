// @ts-check
const [SOONEST, FIRST_TRY, LONGEST] = [200, 2_000, 30_000];
/** @param {string} name @param {any} [detail] */
const announce = (name, detail) => document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));

/**
 * <live-connection address>: the one socket of a tab. What the server nudges about becomes an event
 * `live:<topic>` on the body, a frame of a room `live:frame`. Somebody may have missed something when the
 * line is there at last, `live:first`, and after a gap, `live:reconnected`.
 */
class LiveConnection extends HTMLElement {
  connectedCallback() {
    addEventListener("pagehide", () => this.leave());
    // No sooner than htmx listens, and that is when all scripts are there.
    for (const when of ["DOMContentLoaded", "pageshow", "online"]) addEventListener(when, () => this.open());
    document.addEventListener("visibilitychange", () => document.hidden || this.open());
  }

  open() {
    if (this.socket || this.isOver) return;
    clearTimeout(this.again);
    const address = location.origin.replace("http", "ws") + this.getAttribute("address");
    const socket = (this.socket = new WebSocket(address, "consilium.v1"));
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.socket && this.lose(code);
  }

  leave() {
    for (const timer of [this.again, this.beat]) clearTimeout(timer);
    const socket = this.socket;
    this.socket = this.waiting = this.isHere = undefined;
    socket?.close();
  }

  /** @param {any} said */
  hear(said) {
    this.waiting = false;
    if (said.type === "hello") this.greet(said.heartbeat);
    else if (said.type === "reconnect") this.wait = said.within * 1000;
    else if (said.type === "nudge") said.topics.forEach(this.pass, this);
    else if (said.type !== "pong") announce("frame", said);
  }

  /** @param {number} heartbeat */
  greet(heartbeat) {
    [this.wait, this.isHere] = [FIRST_TRY, true];
    // A line that has died says nothing: believe it no longer than one beat.
    const beat = () => (this.waiting ? this.lose(0) : (this.waiting = this.say({ type: "ping" })));
    this.beat = setInterval(beat, heartbeat * 1000);
    announce("found");
    if (this.wasHere) this.pass("*");
    else announce("first");
    this.wasHere = true;
  }

  /** @param {object} frame @returns {boolean} whether there is a line for it */
  say(frame) {
    if (this.isHere) this.socket?.send(JSON.stringify(frame));
    return this.isHere ?? false;
  }

  /** @param {number} code 4401: the session is over, and coming back would change nothing */
  lose(code) {
    this.leave();
    this.isOver = code === 4401;
    announce({ 4401: "ended", 4403: "removed" }[code] ?? "lost");
    if (this.isOver) return;
    const wait = this.wait ?? FIRST_TRY;
    this.wait = Math.min(wait * 1.7, LONGEST);
    this.again = setTimeout(() => this.open(), SOONEST + Math.random() * (wait - SOONEST));
  }

  /** @param {string} topic everybody is back at the same moment: they need not all ask then */
  pass(topic) {
    if (topic !== "*") announce(topic);
    else setTimeout(announce, Math.random() * 1000, "reconnected");
  }
}

customElements.define("live-connection", LiveConnection);
