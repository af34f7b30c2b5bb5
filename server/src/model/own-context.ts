/** What people call what an actor's function is given first, where it is handed on to a function of their own. */
export const contextNames: ReadonlySet<string> = new Set(["c", "ctx", "context"]);
