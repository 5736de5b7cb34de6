// @ts-check

/**
 * <pass-key data-do="get|create">: asks the browser for a passkey when its form is sent.
 * What the server wants to know stands in a JSON script inside; data-ask fetches it.
 */
class PassKey extends HTMLElement {
  connectedCallback() {
    this.querySelector("form")?.addEventListener("submit", this);
  }

  /** @param {Event} event */
  async handleEvent(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    event.preventDefault();
    this.querySelector(".notice")?.remove();
    try {
      const credential = await this.#credential();
      const kept = /** @type {HTMLInputElement} */ (form.elements.namedItem("credential"));
      kept.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Cancelled, timed out, or nothing here that fits: the browser does not say which.
      const said = this.querySelector("template");
      if (said) this.append(said.content.cloneNode(true));
    }
  }

  async #credential() {
    const { webauthnJSON } = /** @type {any} */ (window);
    const question = await this.#question();
    if (this.dataset.do === "get") return webauthnJSON.get(question);
    // It opens the account by itself, so the device keeps it and asks who is there.
    Object.assign(question.publicKey.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return webauthnJSON.create(question);
  }

  async #question() {
    const here = this.querySelector("script")?.textContent;
    const told = here ? JSON.parse(here) : await this.#fetched();
    return told.request_options ?? told.creation_options;
  }

  async #fetched() {
    const headers = { Accept: "application/json" };
    const answer = await fetch(String(this.dataset.ask), { headers });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
}

customElements.define("pass-key", PassKey);
