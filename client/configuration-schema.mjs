// The JSON schema of `.process-topology.json`, which the build writes to dist/ and the editor completes and checks by.

function position(description) {
  return { type: "integer", minimum: 0, maximum: 255, description: `${description} Positions count from 0.` };
}

function object(description, required, properties, examples) {
  return {
    type: "object",
    description,
    additionalProperties: false,
    required,
    properties,
    ...(examples && { examples, defaultSnippets: examples.map((body) => ({ label: description, body })) }),
  };
}

function list(description, items) {
  return { type: "array", description, items };
}

/**
 * @param {readonly { id: string, description: string, levels: readonly string[] }[]} rules the rules that there are, in their order
 * @param {Readonly<Record<string, readonly string[]>>} words what each key of a library may say
 * @param {{ readonly call: string, readonly module: string, readonly callback: string, readonly callTime: string }} patterns how calls, modules, callbacks and times are written
 */
export function configurationSchema(rules, words, patterns) {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Process Topology",
    description: "How a project is read and judged, in editors and in CI. A person's settings in an editor count where they say something.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      rules: {
        type: "object",
        description: "The severity of each rule, or off.",
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map(({ id, description, levels }) => [
            id,
            { enum: levels, default: "default", markdownDescription: description, description },
          ]),
        ),
      },
      exclude: {
        type: "array",
        description: "Files that are not read: patterns in the syntax of .gitignore, relative to this folder.",
        items: { type: "string", minLength: 1 },
        examples: [["lib/generated/**"]],
      },
      baseline: {
        type: "string",
        minLength: 1,
        description:
          "The baseline file, relative to this folder, whose findings are left out. `process-topology check --write-baseline` writes it.",
        examples: ["process-topology-baseline.json"],
      },
      callTimes: {
        type: "object",
        description:
          "What a call of a process takes, as somebody measured it, by the module of the process. A comment in the module counts more.",
        additionalProperties: { type: "string", pattern: patterns.callTime },
        examples: [{ "MyApp.Cache": "20ms" }],
      },
      libraries: list(
        "Libraries of one's own: which of their calls block or send, which behaviours run where. What is said here comes before what is known of them.",
        librarySchema(words, patterns),
      ),
    },
  };
}

/** What an item of `libraries` may hold, by the words and patterns that its reader knows. */
function librarySchema(words, patterns) {
  const kind = { enum: words.kind, description: "The kind of process, in OTP's words." };
  const call = { type: "string", pattern: patterns.call, examples: ["Acme.Http.get/2", ":acme_http.get/2", "Acme.Http.get"] };
  const module = { type: "string", pattern: patterns.module, examples: ["Acme.Worker", ":acme_worker"] };
  const callbackName = { type: "string", pattern: patterns.callback, examples: ["handle_job/2"] };
  const blocking = object(
    "A function that keeps the process that calls it waiting.",
    ["call", "category"],
    {
      call: { ...call, description: "The function, with its module; without arity, all of that name." },
      category: {
        enum: words.category,
        description: "What it waits for.",
      },
      what: { type: "string", minLength: 1, description: "The same in words, as findings say it.", examples: ["HTTP request"] },
    },
    [{ call: "Acme.Http.get/2", category: "http", what: "HTTP request" }],
  );
  const message = object(
    "A function that sends a message to a process.",
    ["call", "mode", "target"],
    {
      call: { ...call, description: "The function, with its module; without arity, all of that name." },
      mode: { enum: words.mode, description: "call waits for the reply." },
      target: position("The argument that is the process or its name."),
      message: position("The argument that is the message."),
    },
    [{ call: "Acme.Rpc.ask/2", mode: "call", target: 0, message: 1 }],
  );
  const callback = {
    description: "A callback: its name with arity, or with what its arguments are.",
    anyOf: [
      callbackName,
      object("A callback, and what its arguments are.", ["name"], {
        name: callbackName,
        role: { enum: words.role, description: "What it is called for." },
        message: position("The argument that is the message."),
        from: position("The argument that names the caller."),
        state: position("The argument that is the state."),
      }),
    ],
  };
  const behaviour = object(
    "A behaviour (`use Acme.Worker`): which kind of process runs its callbacks, and in which context.",
    ["module", "context", "callbacks"],
    {
      module: { ...module, description: "The module that is used, or named by @behaviour." },
      kind: { ...kind, description: `${kind.description} Left out: the behaviour starts no process of its own, as a plug does not.` },
      context: {
        enum: words.context,
        description: "Where its callbacks run.",
      },
      cardinality: { enum: words.cardinality, description: "How many processes run them.", default: "unknown" },
      framework: { type: "boolean", default: true, description: "Whether a process of it needs no further reason to be one." },
      callbacks: list("Its callbacks.", callback),
    },
    [
      {
        module: "Acme.Worker",
        kind: "gen_server",
        context: "job",
        cardinality: "many",
        callbacks: [{ name: "handle_job/2", role: "event", message: 0, state: 1 }],
      },
    ],
  );
  const starter = object(
    "A start function whose children are of a known kind.",
    ["start", "kind"],
    { start: { ...call, description: "The start function of the child specification." }, kind },
    [{ start: "Acme.Pool.start_link", kind: "supervisor" }],
  );
  return object("A library.", ["name"], {
    name: { type: "string", minLength: 1, description: "What it is called." },
    blocking: list("Calls that wait.", blocking),
    messages: list("Calls that send messages.", message),
    behaviours: list("Behaviours, by where their callbacks run.", behaviour),
    starters: list("Start functions, by the kind of what they start.", starter),
  });
}
