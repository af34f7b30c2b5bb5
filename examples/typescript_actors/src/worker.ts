/** The bar on the web, a Worker of Cloudflare's: `POST /Ada` with a price in cents sells Ada a coffee, `GET /` says what the evening has brought in. */
import type { LoyaltyCard } from "./loyalty-card";
import type { Till } from "./till";

export { LoyaltyCard } from "./loyalty-card";
export { Till } from "./till";

interface Env {
  CARDS: DurableObjectNamespace<LoyaltyCard>;
  TILL: DurableObjectNamespace<Till>;
}

export default {
  async fetch(request, env): Promise<Response> {
    const guest = new URL(request.url).pathname.slice(1);
    return request.method === "POST" ? sell(guest, Number(await request.text()), env) : report(env);
  },
} satisfies ExportedHandler<Env>;

async function sell(guest: string, price: number, env: Env): Promise<Response> {
  const isFree = await env.CARDS.getByName(guest).stamp();
  const receipt = await tillOf(env).ring(isFree ? 0 : price);
  return Response.json({ isFree, receipt });
}

async function report(env: Env): Promise<Response> {
  return Response.json(await tillOf(env).takings());
}

function tillOf(env: Env): DurableObjectStub<Till> {
  return env.TILL.getByName("till");
}
