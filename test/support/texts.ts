/** The texts that can be translated, collected from the source. The English text is its own key. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { inRepository } from "./paths.ts";

export const bundle = inRepository("l10n", "bundle.l10n.json");

/** Which arguments of a function are texts: of the editor's in the client, and of the panel's page. */
const textArguments: Readonly<Record<string, readonly number[]>> = { "vscode.l10n.t": [0], t: [0], countOf: [1, 2] };

/** The texts in order, and the calls that name none: what is not written there nobody can translate. */
export function collectTexts(): { readonly texts: readonly string[]; readonly unknown: readonly string[] } {
  const [texts, unknown] = [new Set<string>(), [] as string[]];
  for (const name of readdirSync(inRepository("client"), { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.replaceAll("\\", "/") === "webview/text.ts") continue;
    const file = join(inRepository("client"), name);
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        for (const index of textArguments[node.expression.getText(source)] ?? []) {
          const argument = node.arguments[index];
          if (argument !== undefined && ts.isStringLiteralLike(argument)) texts.add(argument.text);
          else unknown.push(`${name}: ${node.getText(source)}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { texts: [...texts].sort(), unknown };
}

/** What the file should hold. */
export function bundleText({ texts } = collectTexts()): string {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}
