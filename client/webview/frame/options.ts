/** Puts a view's own controls over the drawing. What is there already stays, and a control made anew gets the focus of the one in its place. */
export function showOptions(options: HTMLElement, next: readonly Node[]): void {
  options.hidden = next.length === 0;
  if (next.length === options.childNodes.length && next.every((node, index) => node === options.childNodes[index])) return;
  const controls = () => [...options.querySelectorAll<HTMLElement>("button, input")];
  const focused = controls().indexOf(document.activeElement as HTMLElement);
  options.replaceChildren(...next);
  if (focused >= 0) controls()[focused]?.focus();
}
