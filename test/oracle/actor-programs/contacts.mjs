// A system of nact: children by a name that is given, by constant names, from helper functions, of other actors; with policies for crashes.
import { dispatch, query, seconds, spawn, spawnStateless, start } from "nact";

const system = start({ name: "contacts" });
const reset = (_message, _error, ctx) => ctx.reset;

const contact = (state = {}, message, ctx) => {
  switch (message.type) {
    case "get":
      dispatch(message.sender, { type: "contact", payload: state }, ctx.self);
      return state;
    case "update":
      return { ...state, ...message.payload };
    case "crash":
      throw new Error("crash");
    default:
      return state;
  }
};

const spawnContact = (parent, id) => spawn(parent, contact, id, { onCrash: reset, shutdownAfter: 10 * seconds });

function contacts(state = {}, message, ctx) {
  if (message.type === "create") {
    const child = ctx.children.has(message.id) ? ctx.children.get(message.id) : spawnContact(ctx.self, message.id);
    dispatch(child, { type: "update", payload: message.payload });
    return { ...state, last: message.id };
  }
  return state;
}

const book = spawn(system, contacts, "contacts");
const audit = spawn(book, (count = 0) => count + 1, "audit", { onCrash: (_m, _e, ctx) => ctx.escalate });
spawnStateless(audit, () => {}, "printer");
spawnStateless(system, () => {}, "log");
for (const region of ["north", "south"]) spawn(system, (_state, message) => message, `region-${region}`, { initialState: 0 });

dispatch(book, { type: "create", id: "ada", payload: { name: "Ada" } });
dispatch(book, { type: "create", id: "joe", payload: { name: "Joe" } });
dispatch(audit, {});
const owner = spawnContact(system, "owner");
query(owner, (sender) => ({ type: "get", sender }), 1 * seconds).then(() => dispatch(owner, { type: "crash" }));
