import type { RingdeskApi } from '../../preload/api.d.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/ipc/routes.ts';

/** The door to main; asked for late, so that tests can put their own there. */
export const api = (): RingdeskApi => window.ringdesk;

/** Asks main. Never rejects: if main cannot even be reached, that is an answer too. */
export async function ask<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<Answered<RouteOutput<N>>> {
  try {
    return await api().request(name, input);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'internal', message } };
  }
}

/** Like {@link ask} for queries, which expect an exception. */
export async function fetchFromMain<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N>> {
  const answer = await ask(name, input);
  if (!answer.ok) throw new AskError(answer.error);
  return answer.value;
}

type Failure = Extract<Answered<unknown>, { ok: false }>['error'];

/** A refused request, with everything main said about it. */
export class AskError extends Error {
  readonly error: Failure;

  constructor(error: Failure) {
    super(error.message);
    this.name = 'AskError';
    this.error = error;
  }
}
