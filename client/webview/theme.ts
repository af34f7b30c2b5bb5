/**
 * Colors of the page. In VS Code they are there: `--vscode-*` variables and a class on `body`, both changed in place by the editor.
 * Standing alone, the class follows the browser's preferences, and themes.css has the variables. Nothing is ever drawn again for a theme.
 */
export function followColorScheme(standalone: boolean): void {
  if (!standalone) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const forced = matchMedia("(forced-colors: active)");
  const apply = () => {
    const high = contrast.matches || forced.matches;
    const list = document.body.classList;
    list.toggle("vscode-dark", dark.matches && !high);
    list.toggle("vscode-light", !dark.matches && !high);
    list.toggle("vscode-high-contrast", high);
    list.toggle("vscode-high-contrast-light", high && !dark.matches);
  };
  for (const query of [dark, contrast, forced]) query.addEventListener("change", apply);
  apply();
}
