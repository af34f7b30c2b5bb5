/** Where the page begins: styles, the host, the page; then it says `ready`. */
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { h } from "./element.ts";
import { connectHost } from "./host.ts";
import { Page } from "./page.ts";
import styles from "./styles.css";
import adaptStyles from "./styles-adapt.css";
import crashStyles from "./styles-crash.css";
import detailsStyles from "./styles-details.css";
import diagramStyles from "./styles-diagram.css";
import footStyles from "./styles-foot.css";
import menuStyles from "./styles-menus.css";
import messageStyles from "./styles-messages.css";
import roomStyles from "./styles-room.css";
import sequenceStyles from "./styles-sequence.css";
import toolbarStyles from "./styles-toolbar.css";
import { followColorScheme } from "./theme.ts";
import themes from "./themes.css";

const host = connectHost();
const sheets = [
  styles,
  toolbarStyles,
  menuStyles,
  roomStyles,
  footStyles,
  detailsStyles,
  diagramStyles,
  messageStyles,
  sequenceStyles,
  crashStyles,
  adaptStyles,
];
document.head.append(h("style", {}, [...(host.standalone ? [themes] : []), ...sheets].join("\n")));
followColorScheme(host.standalone);
window.addEventListener("error", ({ message }) => host.post({ type: "trouble", message }));
window.addEventListener("unhandledrejection", ({ reason }) => host.post({ type: "trouble", message: String(reason) }));
const page = new Page(host, document.body);
host.listen((message) => page.receive(message));
host.post({ type: "ready", version: panelVersion });
