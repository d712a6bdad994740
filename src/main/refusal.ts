import type { Answered, AppError, AppErrorCode } from '../shared/ipc/errors.ts';
import { refusalWords } from './words/refusals.ts';

/** Thrown by a handler to answer a window with this error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/** A refusal whose code says it all, but for what exactly was wrong. */
export function refusal(code: AppErrorCode, ...details: readonly string[]): Refusal {
  const message = refusalWords[code];
  return new Refusal({ code, message, ...(details.length > 0 && { details }) });
}

/** The data of an answer, or its error thrown for the door to answer with. */
export function orRefuse<T>(answer: Answered<T>): T {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.error);
}

/** Why something failed, for a person: the answer's details, if it has any. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  return [error.message, ...(error.error.details ?? [])].join(' ');
}

/** The same for a notice: several problems each on a line of its own. */
export function problemsOf(error: unknown): { why: string; problems?: string } {
  const details = error instanceof Refusal ? (error.error.details ?? []) : [];
  if (details.length < 2) return { why: reasonOf(error) };
  return { why: error instanceof Error ? error.message : '', problems: details.join('\n') };
}
