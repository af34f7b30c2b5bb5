/** Thrown by a computation that was told to stop. What it had worked out so far is not kept. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}
