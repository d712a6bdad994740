import { type HttpReply, json } from './http/server.ts';
import type { World } from './providers.ts';
import type { Call } from './calls/call.ts';

/**
 * The answer to a placed call, after which the call proceeds; or, as a fault, only after the call's
 * first webhook was delivered.
 */
export async function placedReply(world: World, call: Call, answer: unknown): Promise<HttpReply> {
  const { switchboard, webhooks } = world;
  const { connectBeforeResponse, responseLost } = switchboard.faultsOf(call).webhooks;
  if (!connectBeforeResponse && !responseLost) {
    return json(200, answer, () => switchboard.proceed(call));
  }
  await new Promise<void>((resolve) => {
    const off = webhooks.events.on(({ callId }) => {
      if (callId !== call.id) return;
      off();
      resolve();
    });
    switchboard.proceed(call, 0);
  });
  return responseLost ? { kind: 'reset' } : json(200, answer);
}
