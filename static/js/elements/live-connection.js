// @ts-check
const [FIRST_TRY, LONGEST] = [2_000, 30_000];
/** @param {string} name */
const announce = (name) => document.body.dispatchEvent(new CustomEvent(`live:${name}`));

/**
 * <live-connection address>: the one socket of a tab. What the server nudges about becomes an event
 * `live:<topic>` on the body; after a gap it is `live:reconnected`: fetch anew what you show.
 */
class LiveConnection extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    addEventListener("pagehide", () => this.leave(), this.gone);
    addEventListener("pageshow", () => this.open(), this.gone);
    addEventListener("online", () => this.open(), this.gone);
    this.open();
  }

  disconnectedCallback() {
    this.gone?.abort();
    this.leave();
  }

  open() {
    if (this.socket) return;
    clearTimeout(this.again);
    const address = location.origin.replace("http", "ws") + this.getAttribute("address");
    const socket = (this.socket = new WebSocket(address, "consilium.v1"));
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.socket && this.lose(code);
  }

  leave() {
    clearTimeout(this.again);
    clearInterval(this.beat);
    const socket = this.socket;
    this.socket = this.waiting = undefined;
    socket?.close();
  }

  /** @param {any} said */
  hear(said) {
    this.waiting = false;
    if (said.type === "hello") this.greet(said.heartbeat);
    else if (said.type === "reconnect") this.wait = said.within * 1000;
    else if (said.type === "nudge") said.topics.forEach(this.pass, this);
  }

  /** @param {number} heartbeat */
  greet(heartbeat) {
    this.wait = FIRST_TRY;
    // A line that has died says nothing: believe it no longer than one beat.
    this.beat = setInterval(() => (this.waiting ? this.lose(0) : this.ask()), heartbeat * 1000);
    announce("found");
    if (this.wasHere) this.pass("*");
    this.wasHere = true;
  }

  ask() {
    this.waiting = true;
    this.socket?.send('{"type":"ping"}');
  }

  /** @param {number} code 4401: the session is over, and coming back would change nothing */
  lose(code) {
    this.leave();
    announce(code === 4401 ? "ended" : "lost");
    const wait = this.wait ?? FIRST_TRY;
    this.wait = Math.min(wait * 1.7, LONGEST);
    if (code !== 4401) this.again = setTimeout(() => this.open(), 200 + Math.random() * wait);
  }

  /** @param {string} topic everybody is back at the same moment: they need not all ask then */
  pass(topic) {
    if (topic !== "*") announce(topic);
    else setTimeout(announce, Math.random() * 1000, "reconnected");
  }
}

customElements.define("live-connection", LiveConnection);
