import type { RouteInput, RouteName, RouteOutput } from '../../shared/ipc/routes.ts';
import { ask } from '../lib/ringdesk.ts';
import { resolveToast, toast } from './ui.ts';
import { errorWords } from '../messages/errors.ts';

/**
 * Asks main to do something; if it does not work, says why until it works or is read. Answers with undefined then.
 */
export async function act<N extends RouteName>(
  name: N,
  input: RouteInput<N>,
): Promise<RouteOutput<N> | undefined> {
  const topic = topicOf(name, input);
  const answer = await ask(name, input);
  if (answer.ok) {
    resolveToast(topic);
    return answer.value;
  }
  // Whoever cancels a dialog knows it.
  if (answer.error.code !== 'cancelled') {
    const { what, ...more } = errorWords(answer.error);
    toast('bad', what, { ...more, topic });
  }
  return undefined;
}

/** What is asked, and about what: trying once more, perhaps with other words, is the same topic. */
function topicOf(name: RouteName, input: object): string {
  const about = Object.entries(input)
    .filter(([key]) => key === 'callId' || key === 'accountId' || key === 'party' || key === 'to')
    .map(([, value]) => JSON.stringify(value));
  return [name, ...about].join(' ');
}
