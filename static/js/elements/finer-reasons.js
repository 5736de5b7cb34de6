// @ts-check

/** <finer-reasons>: of all finer reasons those that belong to the one that is chosen. */
class FinerReasons extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    const reason = form?.elements.namedItem("reason");
    const finer = form?.elements.namedItem("sub_reason");
    if (!(reason instanceof HTMLSelectElement) || !(finer instanceof HTMLSelectElement)) return;

    const narrow = () => this.narrow(reason.selectedOptions[0]?.text ?? "", finer);
    reason.addEventListener("change", narrow);
    narrow();
  }

  /** @param {string} chosen @param {HTMLSelectElement} finer */
  narrow(chosen, finer) {
    for (const group of finer.querySelectorAll("optgroup")) {
      group.hidden = group.disabled = group.label !== chosen;
    }
    const [picked] = finer.selectedOptions;
    if (picked?.parentElement instanceof HTMLOptGroupElement && picked.parentElement.hidden) finer.value = "";
  }
}

customElements.define("finer-reasons", FinerReasons);
