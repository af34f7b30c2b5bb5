/** Source of whose letters nothing shows: its facts say nothing until a link asks for them. Most of a workspace is such files, so they are kept small. */
import type { DeferredScript, FileFacts, FileShape, ScriptFacts } from "../../model/facts.ts";
import { computeLineStarts } from "../../text/line-index.ts";
import type { SourceFile } from "../language.ts";
import { noComments, readComments } from "./comments.ts";
import { importedBy, valuesImportedBy } from "./look.ts";
import { speaksOfActors } from "./words.ts";

const none: readonly never[] = [];
const noSpans = new Int32Array(0);
const nothing = { imports: none, exports: none, members: none, deployment: null, packages: null } as const;

/** `parse`: gives the facts of all that the file says. */
export class UnreadScript implements FileFacts {
  readonly language = "typescript";
  readonly path: string;
  readonly role: FileFacts["role"];
  readonly length: number;
  readonly problems = none;
  readonly shape: UnreadShape;
  private readonly file: SourceFile;
  private lines: Int32Array | null = null;
  private comments: ReturnType<typeof readComments> | null = null;

  constructor(file: SourceFile, parse: (file: SourceFile) => FileFacts) {
    this.path = file.path;
    this.role = file.role;
    this.length = file.looked?.length ?? file.text.length;
    this.file = file;
    this.shape = new UnreadShape(file, parse);
  }

  /** Positions come with the parsing. */
  get spans(): Int32Array {
    return this.shape.opened?.spans ?? noSpans;
  }

  get lineStarts(): Int32Array {
    this.lines ??= computeLineStarts(this.file.text);
    return this.lines;
  }

  get suppressions(): FileFacts["suppressions"] {
    return this.ownComments.suppressions;
  }

  get callTimes(): FileFacts["callTimes"] {
    return this.ownComments.callTimes;
  }

  private get ownComments(): ReturnType<typeof readComments> {
    this.comments ??= this.file.looked?.isMarked === false ? noComments : readComments(this.file.text, () => this.lineStarts);
    return this.comments;
  }
}

class UnreadShape implements FileShape, DeferredScript {
  readonly templates = none;
  readonly project = null;
  opened: FileFacts | null = null;
  private readonly file: SourceFile;
  private readonly parse: (file: SourceFile) => FileFacts;
  private facts: ScriptFacts | null = null;
  private imported: readonly string[] | null = null;
  private importedValues: readonly string[] | null = null;
  private isOfActors: boolean | null = null;

  constructor(file: SourceFile, parse: (file: SourceFile) => FileFacts) {
    this.file = file;
    this.parse = parse;
  }

  get hash(): string {
    return this.file.text;
  }

  get modules(): FileShape["modules"] {
    return this.opened?.shape.modules ?? none;
  }

  get script(): ScriptFacts {
    this.facts ??= { ...(this.opened?.shape.script ?? nothing), deferred: this };
    return this.facts;
  }

  get specifiers(): readonly string[] {
    this.imported ??= this.file.looked?.imported?.split("\n").filter((name) => name !== "") ?? importedBy(this.file.text);
    return this.imported;
  }

  get values(): readonly string[] {
    this.importedValues ??= valuesImportedBy(this.file.text);
    return this.importedValues;
  }

  get speaks(): boolean {
    this.isOfActors ??= speaksOfActors(this.file.text);
    return this.isOfActors;
  }

  mentions(words: RegExp): boolean {
    return words.test(this.file.text);
  }

  open(): void {
    if (this.opened !== null) return;
    this.opened = this.parse(this.file);
    this.facts = null;
  }

  get isOpen(): boolean {
    return this.opened !== null;
  }
}
