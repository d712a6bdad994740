import type { Answered } from '../../shared/ipc/errors.ts';
import { Refusal } from '../refusal.ts';
import type { IpcSender } from './ipc-dispatcher.ts';

/** The answer's value, or its error thrown for the dispatcher. */
export function orRefuse<T>(answer: Answered<T>): T {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.error);
}

/** A handler that only confirms. */
export function quietly<I>(run: (input: I) => void): (input: I) => null {
  return (input) => {
    run(input);
    return null;
  };
}

/** Whether a request came from this window. */
export const isFrom = (window: { contentsId: number }, sender: IpcSender): boolean =>
  sender.id === window.contentsId;
