/** Workers that a bundler makes of an import whose path says so by its query. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const job = { "src/job.ts": "self.onmessage = ({ data }) => work(data);\nfunction work(data) { self.postMessage(data); }\n" };
const page = (text: string): Readonly<Record<string, string>> => ({ "src/page.ts": text, ...job });

describe("imports with a query", () => {
  test("of a worker give what starts it", () => {
    for (const path of ["./job?worker", "./job.ts?worker&inline", "./job.ts?sharedworker"]) {
      const topology = link(page(`import Job from "${path}";\nconst job = new Job();\njob.postMessage({ type: "go" });`));
      assert.deepEqual(trees(topology), ["src/page.ts: src/job.ts worker_thread one"], path);
      assert.deepEqual(messages(topology), ["src/page.ts.(top)/0 casts src/job.ts.go → src/job.ts.(top)/0#fn0"]);
    }
    const each = page('import Job from "./job?worker";\nexport function start() { return new Job(); }');
    assert.deepEqual(trees(link(each)), ["src/page.ts: src/job.ts worker_thread unknown"]);
  });

  test("of its address give the file that a worker is started with", () => {
    for (const path of ["./job.ts?worker&url", "./job?url"]) {
      const text = `import address from "${path}";\nconst job = new Worker(address, { type: "module" });\njob.postMessage({ type: "go" });`;
      assert.deepEqual(trees(link(page(text))), ["src/page.ts: src/job.ts worker_thread one"], path);
    }
  });

  test("of anything else start nothing", () => {
    for (const path of ["./job?raw", "./job", "./none?worker", "job?worker"])
      assert.deepEqual(
        trees(link(page(`import Job from "${path}";\nconst job = new Job();\njob.postMessage(1); new Worker(other);`))),
        [],
        path,
      );
    assert.deepEqual(trees(link(page('import { Job } from "./job?worker";\nnew Job().postMessage(1);'))), []);
  });
});
