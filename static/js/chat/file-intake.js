// @ts-check
import { thread } from "chat/forms";

/**
 * The ways by which files come: chosen, dropped on the conversation, pasted into the box.
 * @param {{take: (files: FileList | null) => Promise<void>} & HTMLElement} tray
 * @param {HTMLElement} box @param {AbortController} over
 */
export function intake(tray, box, over) {
  const chooser = /** @type {HTMLInputElement} */ (tray.closest("form")?.querySelector("[type=file]"));
  const more = /** @type {HTMLDetailsElement} */ (chooser.closest("details"));
  more.querySelector("[formaction]")?.remove(); // what is chosen is sent at once
  chooser.addEventListener("change", async () => {
    more.open = false;
    await tray.take(chooser.files);
    chooser.value = "";
  });
  box.addEventListener("paste", (event) => given(event, event.clipboardData));
  for (const type of ["dragover", "dragleave", "drop"]) thread().addEventListener(type, drag, over);

  /** @param {Event} event @param {DataTransfer | null} data Words are none of ours. */
  function given(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    tray.take(data.files);
  }

  /** @param {any} event */
  function drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    thread().toggleAttribute("data-over", event.type === "dragover");
    if (event.type === "dragover") event.preventDefault();
    if (event.type === "drop") given(event, event.dataTransfer);
  }
}
