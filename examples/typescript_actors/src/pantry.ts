/** What the bar has in store, as a system of nact: one actor that counts the beans, one supplier for each kind, and a log. */
import { dispatch, query, type Ref, second, seconds, spawn, spawnStateless, start } from "nact";

export type Beans = "arabica" | "robusta";

export type StockMessage =
  | { type: "take"; beans: Beans; sender: Ref<Taken> }
  | { type: "delivered"; beans: Beans; bags: number }
  | { type: "spill"; beans: Beans };

export interface Taken {
  left: number;
}

type Supplies = Readonly<Record<Beans, number>>;
type StockContext = { self: Ref<StockMessage>; children: Map<string, Ref<unknown>> };

export const pantry = start();

export const log = spawnStateless(pantry, (line: string) => console.log(line), "log");

export const stock = spawn(pantry, countBeans, "stock", {
  initialState: { arabica: 2, robusta: 1 } satisfies Supplies,
  onCrash: (_message, _error, ctx) => ctx.reset,
});

function countBeans(state: Supplies, message: StockMessage, ctx: StockContext): Supplies {
  switch (message.type) {
    case "take": {
      const left = state[message.beans] - 1;
      if (left <= 0) dispatch(supplierOf(message.beans, ctx), { type: "order", beans: message.beans, sender: ctx.self });
      dispatch(message.sender, { left });
      return { ...state, [message.beans]: left };
    }
    case "delivered":
      dispatch(log, `${message.bags} bags of ${message.beans} came`);
      return { ...state, [message.beans]: state[message.beans] + message.bags };
    case "spill":
      throw new Error(`${message.beans} all over the floor`);
  }
}

type SupplierMessage = { type: "order"; beans: Beans; sender: Ref<StockMessage> };

/** One for each kind of beans, from the first order on. */
function supplierOf(beans: Beans, ctx: StockContext): Ref<SupplierMessage> {
  const known = ctx.children.get(beans) as Ref<SupplierMessage> | undefined;
  return known ?? spawn(ctx.self, deliver, beans, { shutdownAfter: 2 * seconds });
}

function deliver(orders: number = 0, { beans, sender }: SupplierMessage): number {
  dispatch(sender, { type: "delivered", beans, bags: 3 });
  return orders + 1;
}

/** Takes a portion; fails where the stock does not answer in time. */
export function takeBeans(beans: Beans): Promise<Taken> {
  return query(stock, (sender) => ({ type: "take", beans, sender }), 1 * second);
}
