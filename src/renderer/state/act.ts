import type { RouteInput, RouteName, RouteOutput } from '../../shared/ipc/routes.ts';
import { ask } from '../lib/ringdesk.ts';
import { errorWords } from '../words.ts';
import { toast } from './ui.ts';

/** Asks main to do something; if it does not work, says why. Answers with undefined then. */
export async function act<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N> | undefined> {
  const answer = await ask(name, input);
  if (answer.ok) return answer.data;
  // Whoever cancels a dialog knows it.
  if (answer.error.code !== 'cancelled') {
    const { what, ...more } = errorWords(answer.error);
    toast('bad', what, more);
  }
  return undefined;
}
