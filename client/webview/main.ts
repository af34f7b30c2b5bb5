/** Where the page begins: styles, the host, the page; then it says `ready`. */
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { h } from "./element.ts";
import { connectHost } from "./host.ts";
import { Page } from "./page.ts";
import frameStyles from "./styles.css";
import detailsStyles from "./styles-details.css";
import diagramStyles from "./styles-diagram.css";
import { followColorScheme } from "./theme.ts";
import themes from "./themes.css";

const host = connectHost();
const styles = [host.standalone ? themes : "", frameStyles, detailsStyles, diagramStyles];
document.head.append(h("style", {}, styles.join("\n")));
followColorScheme(host.standalone);
window.addEventListener("error", ({ message }) => host.post({ type: "trouble", message }));
window.addEventListener("unhandledrejection", ({ reason }) => host.post({ type: "trouble", message: String(reason) }));
const page = new Page(host, document.body);
host.listen((message) => page.receive(message));
host.post({ type: "ready", version: panelVersion });
