/** Adds a last clause to `handle_info/2` that logs the message and goes on. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { parseErlang } from "../parser/parser.ts";

/** One for each finding; none where conditions of the preprocessor stand among the clauses, or the function is broken. */
export function logUnexpected(request: FixRequest): readonly Fix[] {
  const text = request.sourceOf(request.file);
  const findings = request.findings.filter(({ rule, place }) => rule === "missing-catch-all" && place.file === request.file);
  if (text === undefined || findings.length === 0) return [];
  const { forms, problems } = parseErlang(text);
  const clauses = forms.flatMap((form) =>
    form.kind === "function" && form.name === "handle_info" && form.clause.params.length === 2 ? [form] : [],
  );
  const last = clauses.at(-1);
  if (problems.length > 0 || last === undefined || clauses.filter((one) => one.last).length !== 1) return [];
  const end = last.clause.body.at(-1)?.end;
  if (end === undefined || !/^\s*\.$/.test(text.slice(end, last.end))) return [];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = [
    ";",
    "handle_info(Message, State) ->",
    '    logger:warning("~p: unexpected message: ~p", [?MODULE, Message]),',
    "    {noreply, State}",
  ];
  return findings.flatMap((finding): Fix[] => {
    const span = request.spanOf(finding.place);
    if (span === null || span.start < last.start || span.end > last.end) return [];
    const edits = [{ start: end, end, text: lines.join(eol) }];
    return [
      {
        id: "log-unexpected",
        title: "Log what no clause of handle_info/2 takes",
        finding,
        preferred: true,
        files: [{ file: request.file, edits }],
      },
    ];
  });
}
