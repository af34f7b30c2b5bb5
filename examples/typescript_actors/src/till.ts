/** The till, a Durable Object that numbers the receipts and adds up the takings. There is one, whatever is sold where. */
import { DurableObject } from "cloudflare:workers";

interface Takings {
  receipts: number;
  cents: number;
}

export class Till extends DurableObject {
  /** The number of the receipt. */
  async ring(price: number): Promise<number> {
    const { receipts, cents } = await this.takings();
    await this.ctx.storage.put<Takings>("takings", { receipts: receipts + 1, cents: cents + price });
    return receipts + 1;
  }

  async takings(): Promise<Takings> {
    return (await this.ctx.storage.get<Takings>("takings")) ?? { receipts: 0, cents: 0 };
  }
}
