/** A guest's card, a Durable Object: one for each guest, so that nobody waits for another's stamps. */
import { DurableObject } from "cloudflare:workers";

const full = 10;

export class LoyaltyCard extends DurableObject {
  /** True for the coffee that is on the house. */
  async stamp(): Promise<boolean> {
    const stamps = ((await this.ctx.storage.get<number>("stamps")) ?? 0) + 1;
    await this.ctx.storage.put("stamps", stamps % full);
    return stamps === full;
  }
}
