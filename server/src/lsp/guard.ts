/** Around every handler: whatever happens in one is logged, answered, and never ends the server. */
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { Cancelled } from "../analysis/cancelled.ts";
import type { Server } from "./server.ts";

/**
 * A request's handler. Lets messages in first, so that a cancellation that waits behind the request counts, and works out in steps what the edits
 * before it have changed: the handler finds the snapshot ready.
 */
export function guardRequest<P, R>(
  server: Server,
  name: string,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<void>> {
  return async (params, token) => {
    try {
      // Once for the queue of messages to come to what stands behind the request, once more for that to be handled.
      await server.ports.pause();
      await server.ports.pause();
      if (!token.isCancellationRequested) await Promise.race([server.settle(), cancelled(token)]);
      if (token.isCancellationRequested) throw new Cancelled();
      return await handler(params, token);
    } catch (error) {
      if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof ResponseError) return error;
      server.logError(name, error);
      return new ResponseError(ErrorCodes.InternalError, `${name} failed; the log says why.`);
    }
  };
}

function cancelled(token: CancellationToken): Promise<void> {
  return new Promise((resolve) => token.onCancellationRequested(() => resolve()));
}

export function guardNotification<P>(
  server: Server,
  name: string,
  handler: (params: P) => void | Promise<void>,
): (params: P) => Promise<void> {
  return async (params) => {
    try {
      await handler(params);
    } catch (error) {
      if (!(error instanceof Cancelled)) server.logError(name, error);
    }
  };
}
