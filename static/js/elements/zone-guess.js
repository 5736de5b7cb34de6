// @ts-check

/** <zone-guess data-kept>: offers the time zone of the browser when it is another. */
class ZoneGuess extends HTMLElement {
  connectedCallback() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const [words] = this.querySelectorAll("[data-zone]");
    const [input] = this.querySelectorAll("input[name='time_zone']");
    if (!zone || zone === this.dataset.kept || !(input instanceof HTMLInputElement)) return;

    words.textContent = zone.replaceAll("_", " ");
    input.value = zone;
    this.hidden = false;
  }
}

customElements.define("zone-guess", ZoneGuess);
