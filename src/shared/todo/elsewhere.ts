import { assertNever } from '../lib/assert-never.ts';
import type { Answer, Todo } from '../protocol/todo.ts';
import { isOpen } from './rules.ts';

/** Whether an answer at another of our numbers, or to another of a person's customers, means anything to this one. */
export function isAnsweredBy(item: Todo, answer: Answer): boolean {
  const { missed, messages, failed } = item.reasons;
  switch (answer.kind) {
    case 'claimed':
    case 'spoke':
      return isOpen(item);
    case 'wrote':
      return (missed ?? messages ?? failed) !== undefined;
    case 'released':
      return item.closed?.providerCallId === answer.providerCallId;
    case 'parted':
      return item.closed?.merged === true;
    default:
      return assertNever(answer, 'answer');
  }
}

/** Whether they were answered through one of these, whom agents have merged with them as well. */
export function isAnsweredThrough({ closed }: Todo, others: readonly Todo[]): boolean {
  const since = closed?.at ?? Infinity;
  return others.some(
    ({ closed: other }) => other && !other.merged && other.how !== 'done' && other.at >= since,
  );
}
