/** Shows a guest to a table: `node dist/waiter.mjs 4 Ada`. */
import { createClient } from "rivetkit/client";
import type { registry } from "./tables.mjs";

const [number = "1", guest = "Ada"] = process.argv.slice(2);
const client = createClient<typeof registry>("http://localhost:6420");

const isTheirs = await client.table.getOrCreate([number]).take(guest);
console.log(isTheirs ? `${guest} sits at table ${number}` : `Table ${number} is taken`);
