/** An evening at the bar, in a second: three guests, one spill, closing time. */
import { dispatch, stop } from "nact";
import { createActor, waitFor } from "xstate";
import { bar } from "./bar";
import { log, pantry, stock } from "./pantry";

const evening = createActor(bar, { systemId: "bar" });
evening.subscribe(({ value, context }) => dispatch(log, `${value}: ${context.waiting.join(", ") || "nobody waits"}`));
evening.start();

evening.send({ type: "order", guest: "Ada", beans: "arabica" });
evening.send({ type: "order", guest: "Joe", beans: "robusta" });
dispatch(stock, { type: "spill", beans: "robusta" });
evening.send({ type: "order", guest: "Eve", beans: "robusta" });
evening.send({ type: "close" });

void waitFor(evening, ({ status }) => status === "done", { timeout: 5000 }).then(() => stop(pantry));
