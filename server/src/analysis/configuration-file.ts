/** `.process-topology.json`: what a project says about how it is to be read and judged, for its editors and its CI. Pure. */
import { parseCallTime } from "../model/call-time.ts";
import type { LibraryTable } from "../model/library.ts";
import { type ConfigurationProblem, ConfigurationReader, type Node, suggestion } from "./configuration-reader.ts";
import { readLibraries } from "./library-configuration.ts";
import { defaultSettings, type RuleLevel, ruleLevels, type Settings } from "./settings.ts";

/** In the folder that is analyzed, and there alone. */
export const configurationPath = ".process-topology.json";

export interface Configuration extends Settings {
  /** Path of the baseline file relative to the folder, or empty. */
  readonly baseline: string;
}

export const noConfiguration: Configuration = { ...defaultSettings, baseline: "" };

export interface ReadConfiguration {
  /** What is usable of the file. */
  readonly configuration: Configuration;
  /** In the order of the text. */
  readonly problems: readonly ConfigurationProblem[];
}

/** `rules`: the ids that there are. */
export function readConfiguration(text: string, rules: readonly string[]): ReadConfiguration {
  const reader = new ConfigurationReader(configurationPath, text);
  const levels: Record<string, RuleLevel> = {};
  const exclude: string[] = [];
  let libraries: readonly LibraryTable[] = [];
  const callTimes = new Map<string, number>();
  let baseline = "";
  if (reader.root !== null) {
    reader.object(reader.root, "The configuration", {
      $schema: (node) => void reader.text(node, '"$schema"'),
      rules: (node) => readRules(reader, node, rules, levels),
      exclude: (node) => reader.list(node, '"exclude"', (item) => exclude.push(...[reader.text(item, "A pattern of files") ?? []].flat())),
      baseline: (node) => void (baseline = reader.text(node, '"baseline"') ?? ""),
      callTimes: (node) => readCallTimes(reader, node, callTimes),
      libraries: (node) => void (libraries = readLibraries(reader, node)),
    });
  }
  const problems = [...reader.problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return { configuration: { rules: levels, exclude, libraries, callTimes, baseline }, problems };
}

function readRules(reader: ConfigurationReader, node: Node, rules: readonly string[], levels: Record<string, RuleLevel>): void {
  reader.entries(node, '"rules"', (rule, value, keyNode) => {
    if (!rules.includes(rule)) return reader.report(keyNode, `There is no rule "${rule}"${suggestion(rule, rules)}.`);
    const level = reader.oneOf(value, `The level of ${rule}`, ruleLevels);
    if (level !== undefined) levels[rule] = level;
  });
}

function readCallTimes(reader: ConfigurationReader, node: Node, times: Map<string, number>): void {
  reader.entries(node, '"callTimes"', (process, value) => {
    const time = parseCallTime(typeof value.value === "string" ? value.value : "");
    if (time === null) return reader.report(value, 'What a call takes is a text in ms or s, as in "20ms".');
    times.set(process, time);
  });
}

/** The project's settings with a person's: theirs count where they say something, files that either leaves out are left out. */
export function mergeSettings<T extends Configuration>(project: Configuration, personal: T): T {
  const said = Object.entries(personal.rules).filter(([, level]) => level !== "default");
  return {
    ...personal,
    rules: { ...project.rules, ...Object.fromEntries(said) },
    exclude: [...new Set([...project.exclude, ...personal.exclude])],
    libraries: project.libraries,
    callTimes: new Map([...project.callTimes, ...personal.callTimes]),
    baseline: personal.baseline === "" ? project.baseline : personal.baseline,
  };
}
