// @ts-check

/** <show-password>: puts a button beside the password field inside it. */
class ShowPassword extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    const say = () => {
      const hidden = input.type === "password";
      button.textContent = hidden ? "Show" : "Hide";
      button.setAttribute("aria-label", `${button.textContent} password`);
    };
    button.addEventListener("click", () => {
      input.type = input.type === "password" ? "text" : "password";
      say();
    });
    // A password that is shown must not be remembered as a text field's value.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    say();
    input.after(button);
  }
}

customElements.define("show-password", ShowPassword);
