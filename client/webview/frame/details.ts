/** The details pane: the whole project, or what is selected. */
import { gravestFirst } from "../../../server/src/protocol/gravity.ts";
import type { PanelDefinition, PanelNode, PanelNote, PanelPlace } from "../../../server/src/protocol/panel.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import { keyedKinds, mayCrash, roleOf, scriptKinds } from "../../../server/src/protocol/roles.ts";
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { certaintyWords, isOfScripts } from "../kinds.ts";
import { isProcess, type Model } from "../model.ts";
import { countOf, numberText, t } from "../text.ts";
import { callerBars, type DetailsActions, evidenceRow, evidenceRows, placeLink } from "./evidence.ts";
import { findingCard } from "./finding-card.ts";
import { heading, sectionHead } from "./headings.ts";
import { messageSections } from "./message-details.ts";
import { prose } from "./prose.ts";
import { supervisorsText } from "./status.ts";

export function projectDetails(model: Model, actions: DetailsActions): Node[] {
  const { snapshot } = model;
  const workers = model.processes - model.supervisors;
  const applications = snapshot.roots.filter(({ kind }) => kind === "application").length;
  const counts = [
    countOf(applications, "{0} application", "{0} applications"),
    ...supervisorsText(model.supervisors, model),
    isOfScripts(model.kinds) ? countOf(workers, "{0} actor", "{0} actors") : countOf(workers, "{0} worker", "{0} workers"),
    ...(model.inside.size > 0 ? [t("{0} more inside libraries", numberText(model.inside.size))] : []),
  ];
  const nodes: Node[] = [heading("topology", "application", snapshot.title, counts.join(" · "))];
  nodes.push(sectionHead(t("Findings"), snapshot.findings.length));
  if (snapshot.findings.length === 0) nodes.push(h("p", { class: "quiet good" }, icon("check"), t("Nothing to report.")));
  const most = 40;
  for (const finding of snapshot.findings.slice(0, most)) nodes.push(findingCard(finding, model, actions, true));
  if (snapshot.findings.length > most)
    nodes.push(h("p", { class: "quiet" }, t("{0} more: select a process to see its own.", snapshot.findings.length - most)));
  if (snapshot.idleApplications.length > 0) {
    nodes.push(sectionHead(t("Without processes"), snapshot.idleApplications.length));
    nodes.push(h("p", { class: "quiet mono" }, snapshot.idleApplications.join(", ")));
  }
  if (snapshot.problems.length > 0) {
    nodes.push(sectionHead(t("Not read in full"), snapshot.problems.length));
    nodes.push(
      h("ul", { class: "rows" }, ...snapshot.problems.slice(0, 20).map(({ message, place }) => evidenceRow({ message, place }, actions))),
    );
  }
  return nodes;
}

export function itemDetails(item: ShownNode, model: Model, actions: DetailsActions): Node[] {
  if (item.form === "node" && item.node !== null) return nodeDetails(item.node, model, actions);
  const title =
    item.form === "stack" && item.node !== null ? `${item.members.length} × ${item.node.title}` : t("{0} more", item.members.length);
  const name: IconName = item.form === "stack" ? "stack" : "rest";
  const role = item.form === "stack" && item.node !== null ? roleOf[item.node.kind] : "other";
  const words = item.form === "stack" ? t("like processes side by side") : t("not drawn, to keep the rest readable");
  return [
    heading(name, role, title, words),
    ...findingsOf(item.members, model, actions),
    sectionHead(t("Processes"), item.members.length),
    h("ul", { class: "rows" }, ...item.members.slice(0, 200).map((member) => memberRow(member, actions, item.form === "stack"))),
  ];
}

function nodeDetails(node: PanelNode, model: Model, actions: DetailsActions): Node[] {
  const definition = model.definitionOf(node);
  const { title, module } = node;
  const full = module === title ? null : module;
  const nodes: Node[] = [heading(node.kind, roleOf[node.kind], title, full ?? node.kindText, full !== null)];
  const links = h("div", { class: "sources" });
  if (definition?.place) links.append(placeLink(definition.place, actions));
  if (node.place && !samePlace(node.place, definition?.place ?? null)) {
    links.append(placeLink(node.place, actions, definition?.place ? startWords(node) : ""));
  }
  if (links.childElementCount > 0) nodes.push(links);
  const play = mayCrash(node) ? actions.whatIf(node.key) : null;
  if (play !== null) nodes.push(h("button", { class: "button second what-if", onclick: play }, icon("crash"), t("What if this crashes?")));
  nodes.push(factList(node, model, actions));
  nodes.push(...findingsOf([node], model, actions));
  if (definition !== null) nodes.push(...definitionSections(definition, actions));
  if (node.definition !== null) nodes.push(...messageSections(node.definition, model, actions));
  if (node.children.length > 0) {
    nodes.push(sectionHead(isProcess(node) ? t("Children") : t("Processes"), node.children.length));
    nodes.push(h("ul", { class: "rows" }, ...node.children.slice(0, 100).map((child) => memberRow(child, actions))));
  }
  return nodes;
}

function factList(node: PanelNode, model: Model, actions: DetailsActions): HTMLElement {
  const list = h("dl");
  const fact = (name: string, value: string | Node | null) => {
    if (value !== null && value !== "") list.append(h("dt", {}, name), h("dd", {}, value));
  };
  if (!isProcess(node)) {
    fact(t("Kind"), node.kindText);
    fact(t("Callback"), node.module);
    return list;
  }
  fact(t("Kind"), node.kindText);
  const isScript = scriptKinds.has(node.kind);
  const isBound = keyedKinds.has(node.kind);
  if (node.id !== null && node.id !== node.module) fact(isBound ? t("Bound as") : isScript ? t("Id") : t("Child id"), node.id);
  fact(t("Started by"), node.start);
  if (node.strategy !== null) fact(t("Strategy"), node.strategy);
  if (node.intensity !== null) fact(t("Gives up after"), t("{0} restarts in {1}", node.intensity, node.period ?? t("unknown")));
  fact(t("Restart"), node.restart);
  fact(t("Shutdown"), node.shutdown);
  fact(isBound ? t("Bound in") : isScript ? t("Parent") : t("Supervised by"), supervisorPath(node, model, actions));
  fact(isBound ? t("Key") : t("Registered as"), node.name);
  fact(
    t("How many"),
    {
      one: t("one"),
      fixed: t("a fixed pool"),
      many: isBound ? t("many, one for each key") : t("many, started at run time"),
      unknown: t("unknown"),
    }[node.cardinality],
  );
  if (node.origin === "dynamic") fact(t("Origin"), t("started by running code"));
  if (node.condition !== null) fact(t("Only"), node.condition);
  fact(t("Also"), node.notes.join(" · "));
  if (node.certainty !== "certain") fact(t("Certainty"), certaintyWords[node.certainty]);
  return list;
}

/** What stands at the second place that a process has in the source. */
function startWords({ kind, name }: PanelNode): string {
  if (kind === "application") return t("callback");
  if (keyedKinds.has(kind)) return name === null ? t("bound here") : t("key made here");
  return scriptKinds.has(kind) ? t("started here") : t("child spec");
}

function supervisorPath(node: PanelNode, model: Model, actions: DetailsActions): Node | null {
  const path = model.pathOf(node.key).slice(0, -1);
  if (path.length === 0) return null;
  const trail = h("span", { class: "trail" });
  path.forEach((above, index) => {
    if (index > 0) trail.append(h("span", { class: "trail-arrow", "aria-hidden": "true" }, "›"));
    trail.append(h("button", { class: "link", onclick: () => actions.select(above.key) }, above.title));
  });
  return trail;
}

function definitionSections(definition: PanelDefinition, actions: DetailsActions): Node[] {
  const nodes: Node[] = [];
  const notes = (title: string, name: IconName, list: readonly PanelNote[]) => {
    if (list.length === 0) return;
    nodes.push(sectionHead(title, list.length));
    nodes.push(h("ul", { class: `notes ${name}` }, ...list.map((note) => noteItem(note, name, actions))));
  };
  notes(t("Reasons to be a process"), "reason", definition.reasons);
  notes(t("Costs"), "cost", definition.costs);
  if (definition.callers.length > 0) {
    nodes.push(sectionHead(t("Callers that wait"), definition.callSites));
    nodes.push(callerBars(definition.callers, actions));
  }
  if (definition.callbacks.length > 0) {
    nodes.push(sectionHead(t("Callbacks"), definition.callbacks.length));
    const rows = definition.callbacks.slice(0, 40).map(({ text, place }) => evidenceRow({ message: text, place }, actions, true));
    nodes.push(h("ul", { class: "rows" }, ...rows));
  }
  return nodes;
}

function findingsOf(members: readonly PanelNode[], model: Model, actions: DetailsActions): Node[] {
  const findings = gravestFirst([...new Set(members.flatMap((member) => model.findingsOf(member)))]);
  return findings.map((finding) => findingCard(finding, model, actions, false));
}

function noteItem({ text, evidence }: PanelNote, name: IconName, actions: DetailsActions): HTMLElement {
  return h("li", {}, icon(name), h("div", {}, ...prose(text), evidence.length > 0 && evidenceRows(evidence.slice(0, 6), actions)));
}

/** `byId`: alike but for their ids. */
function memberRow(member: PanelNode, actions: DetailsActions, byId = false): HTMLElement {
  const button = h(
    "button",
    { class: "row", onclick: () => actions.select(member.key) },
    icon(member.kind),
    h("b", {}, member.title),
    h("span", {}, (byId ? member.id : null) ?? member.subtitle),
  );
  button.classList.add(`role-${roleOf[member.kind]}`);
  return h("li", {}, button);
}

function samePlace(a: PanelPlace, b: PanelPlace | null): boolean {
  return b !== null && a.file === b.file && a.line === b.line;
}
