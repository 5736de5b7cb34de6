// @ts-check
const LONG = 640;

/** @param {Element} box What is much longer than others is folded. */
export function fold(box) {
  for (const body of box.querySelectorAll(".message:not([data-folds]) .message__body"))
    if (body.scrollHeight > LONG) body.closest(".message")?.toggleAttribute("data-folds");
}

/** @param {Element} box @param {Element} link What stands above the words stays where it is. */
export function unfold(box, link) {
  const [line, before] = [/** @type {Element} */ (link.closest(".message")), box.scrollHeight];
  const isWhole = line.toggleAttribute("data-whole");
  link.textContent = isWhole ? "Show less" : "Show all";
  if (isWhole) box.scrollTop -= box.scrollHeight - before;
  else line.scrollIntoView({ block: "start" });
}
