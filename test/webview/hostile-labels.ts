/** Labels as no program should have them. */
import { finding, node, sample, snapshotOf } from "./samples.ts";

/** Names that try to be something else: markup, Mermaid's syntax, formulas, marks that are not seen. */
export const hostile: readonly string[] = [
  '"><img src=x onerror=alert(1)>',
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "javascript:alert(1)",
  '<a href="javascript:alert(1)">x</a>',
  "<style>*{display:none}</style>",
  "<svg onload=alert(1)>",
  "<img src=https://example.com/x.png>",
  "&lt;img src=x onerror=alert(1)&gt;",
  "#60;img src=x onerror=alert(1)#62;",
  "end",
  "subgraph end",
  'click N1 call alert("x")',
  "graph TD; A-->B",
  "%%{init: {'theme': 'dark'}}%%",
  "---\nconfig:\n  securityLevel: loose\n---",
  "$$x^2$$",
  "fa:fa-bomb",
  "`**bold** _it_`",
  "1. list",
  "- list",
  "__proto__",
  "constructor",
  "o--o x--x",
  "a|b|c",
  "{{a}} [[b]] ((c)) >d]",
  "quote \" and ' and ` and \\",
  "\u202egnp.exe\u202c",
  "\u0000\u0007\u200b\ufeff",
  "مرحبا بالعالم",
  "日本語のプロセス",
  "😀".repeat(30),
  "\ud83d",
  "é".normalize("NFD").repeat(20),
  "A".repeat(500),
  " ".repeat(30),
];

/** A supervisor with a child for each of them, in every field that is drawn. */
export const hostileSnapshot = () =>
  snapshotOf(
    sample(
      [
        {
          name: hostile[0] ?? "",
          root: node("supervisor", "Evil.Supervisor", {}, [
            ...hostile.map((text) => node("gen_server", text, { id: text, name: { scope: "local", value: text }, condition: text })),
            node("gen_server", "Evil.Last"),
          ]),
        },
      ],
      { findings: hostile.map((text) => finding("process-as-object", text, text, text)) },
    ),
    hostile[1],
  );
