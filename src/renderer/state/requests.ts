import type { RingdeskApi } from '../../preload/api.d.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { Message } from '../../shared/i18n/message.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/ipc/routes.ts';
import { errorMessage } from '../messages/errors.ts';
import { resolveToast, type Say, toast } from './ui.ts';

/** The preload script's API; read late, so that tests can replace it. */
export const api = (): RingdeskApi => window.ringdesk;

/** Sends a request to main. Never rejects: if main cannot be reached, the answer says so. */
export async function request<N extends RouteName>(
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

/** Like {@link request}, but throws a {@link RequestError}, as TanStack Query expects. */
export async function fetchFromMain<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N>> {
  const answer = await request(name, input);
  if (!answer.ok) throw new RequestError(answer.error);
  return answer.value;
}

type Failure = Extract<Answered<unknown>, { ok: false }>['error'];

/** A refused request, with main's error. */
class RequestError extends Error {
  readonly error: Failure;

  constructor(error: Failure) {
    super(error.message);
    this.name = 'RequestError';
    this.error = error;
  }
}

/** The message for a failed query. */
export function queryErrorMessage(error: Error): Message {
  return error instanceof RequestError ? errorMessage(error.error) : { what: error.message };
}

/** Whether the same query may succeed later: main did not say that it is impossible. */
export function mayHelpAgain(error: Error): boolean {
  return !(error instanceof RequestError && error.error.code === 'not-offered');
}

/**
 * Sends a request to main. A failure stays on the screen until the same request succeeds or the
 * agent closes the toast.
 *
 * @returns undefined if it failed
 */
export async function act<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N> | undefined> {
  const topic = topicOf(name, input);
  const answer = await request(name, input);
  if (answer.ok) {
    resolveToast(topic);
    return answer.value;
  }
  // An agent who cancels a dialog needs no message about it.
  if (answer.error.code !== 'cancelled') {
    const { error } = answer;
    toast('bad', () => errorMessage(error), topic);
  }
  return undefined;
}

/** Copies a text, and says so if that worked. @param topic see `toast` */
export async function copyText(text: string, say: Say, topic?: string): Promise<void> {
  if ((await act('app.copy', { text })) !== undefined) toast('good', say, topic);
}

/** The request and its subject: another try, even with another text, has the same topic. */
function topicOf(name: RouteName, input: object): string {
  const about = Object.entries(input)
    .filter(([key]) => key === 'callId' || key === 'accountId' || key === 'party' || key === 'to')
    .map(([, value]) => JSON.stringify(value));
  return [name, ...about].join(' ');
}
