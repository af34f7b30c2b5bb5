/** Requests to the outside that clients other than `fetch` make. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link } from "../support/actors.ts";

/** What a Durable Object waits for while no other message is taken. */
function waits(imports: string, code: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const { definitions } = link({
    "src/rates.ts": `import { DurableObject } from "cloudflare:workers";
${imports}
export class Rates extends DurableObject {
  async load(url: string) { await this.ctx.blockConcurrencyWhile(async () => { ${code} }); }
}`,
    ...more,
  });
  const clause = definitions.get("ts:src/rates.ts#Rates")?.callbacks.find(({ tag }) => tag === "load");
  return (clause?.effects.exclusive ?? []).flatMap((run) => run.waits.map(({ message }) => message));
}

describe("requests to the outside", () => {
  test("by clients that are called, or that have a method for each verb", () => {
    const axios = 'import axios from "axios";';
    assert.deepEqual(waits(axios, "await axios(url);"), ["waits for HTTP request by axios (axios)"]);
    assert.deepEqual(waits(axios, "await axios.post(url, {});"), ["waits for HTTP request by axios (post)"]);
    assert.deepEqual(waits('import ky from "ky";', "const rates = await ky.get(url).json();"), ["waits for HTTP request by ky (get)"]);
    assert.deepEqual(waits('import got from "got";', "const { body } = await got(url);"), ["waits for HTTP request by got (got)"]);
    assert.deepEqual(waits('import { request } from "undici";', "await request(url);"), ["waits for HTTP request by undici (request)"]);
    assert.deepEqual(waits('import * as undici from "undici";', "await undici.fetch(url);"), ["waits for HTTP request by undici (fetch)"]);
    assert.deepEqual(waits('import fetch from "node-fetch";', "await fetch(url);"), ["waits for HTTP request by node-fetch (fetch)"]);
    assert.deepEqual(waits('import { ofetch } from "ofetch";', "await ofetch(url);"), ["waits for HTTP request by ofetch (ofetch)"]);
  });

  test("by what a client is made with, wherever it stands", () => {
    const api = 'import axios from "axios"; const api = axios.create({ baseURL: "https://rates.example" });';
    assert.deepEqual(waits(api, 'await api.get("/today");'), ["waits for HTTP request by axios (get)"]);
    assert.deepEqual(waits(api, 'await api("/today");'), ["waits for HTTP request by axios (api)"]);
    const client = 'import { Client } from "undici"; const client = new Client("https://rates.example");';
    assert.deepEqual(waits(client, 'await client.request({ path: "/today", method: "GET" });'), [
      "waits for HTTP request by undici (request)",
    ]);
    const own = {
      "src/api.ts": 'import ky from "ky"; export const api = ky.extend({}); export const today = () => api.get("/today").json();',
    };
    assert.deepEqual(waits('import { today } from "./api";', "await today();", own), ["waits for HTTP request by ky (get)"]);
  });

  test("are none where nobody waits, or where a client does something else", () => {
    const axios = 'import axios from "axios";';
    assert.deepEqual(waits(axios, "void axios.get(url);"), []);
    assert.deepEqual(waits(axios, "axios.isAxiosError(url); axios.interceptors.request.use(() => {});"), []);
    assert.deepEqual(waits('import got from "got";', "got.stream(url).pipe(process.stdout);"), []);
    assert.deepEqual(waits("", "await axios.get(url);"), []);
  });
});
