/** Payments, objects of Restate: one for each order, so that none is paid for twice, however often somebody taps. */
import * as restate from "@restatedev/restate-sdk";

const payment = restate.object({
  name: "payment",
  handlers: {
    charge: async (ctx: restate.ObjectContext, cents: number): Promise<string> => {
      const known = await ctx.get<string>("receipt");
      if (known !== null) return known;
      const receipt = await ctx.run("charge", () => chargeCard(ctx.key, cents));
      ctx.set("receipt", receipt);
      return receipt;
    },
    receipt: restate.handlers.object.shared((ctx: restate.ObjectSharedContext): Promise<string | null> => ctx.get("receipt")),
  },
});

const counter = restate.service({
  name: "counter",
  handlers: {
    pay: (ctx: restate.Context, { order, cents }: { order: string; cents: number }): Promise<string> =>
      ctx.objectClient(payment, order).charge(cents),
  },
});

/** Stands for a bank; the order is the key by which it knows a payment again. */
async function chargeCard(order: string, cents: number): Promise<string> {
  return `${order}: ${(cents / 100).toFixed(2)}`;
}

void restate.serve({ services: [payment, counter], port: 9080 });
