import { t } from '../shared/i18n/i18n.ts';
import type { Answer } from '../shared/providers/client.ts';
import type { ProviderError } from '../shared/providers/events.ts';
import type { AppError, AppErrorCode } from '../shared/ipc/errors.ts';

/** Thrown by a handler to answer a window with this error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/** The answer to a request that is refused; `details` name what exactly is wrong. */
export function refuse(
  code: AppErrorCode,
  ...details: readonly string[]
): { ok: false; error: AppError } {
  const message = t(`refusals.${code}`);
  return { ok: false, error: { code, message, ...(details.length > 0 && { details }) } };
}

/** The same as an error, where no answer can be returned. */
export function refusal(code: AppErrorCode, ...details: readonly string[]): Refusal {
  return new Refusal(refuse(code, ...details).error);
}

/** Thrown for what a number or its provider does not offer; `message` is for the agent. */
export function notOffered(message: string): Refusal {
  return new Refusal({ code: 'not-offered', message });
}

/** A provider's error as a window gets it. */
export function providerRefusal(error: ProviderError): AppError {
  return { code: 'provider', message: error.message, provider: error };
}

/** The provider's answer, or its refusal thrown for the dispatcher. */
export function orProviderRefusal<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Refusal(providerRefusal(answer.error));
}

/** Why something failed, for a person: the details of the answer if it has any. */
export function refusalReason(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  return [error.message, ...(error.error.details ?? [])].join(' ');
}

/** The same for a notice, with several problems on lines of their own. */
export function problemValues(error: unknown): { why: string; problems?: string } {
  const details = error instanceof Refusal ? (error.error.details ?? []) : [];
  if (details.length < 2) return { why: refusalReason(error) };
  return { why: error instanceof Error ? error.message : '', problems: details.join('\n') };
}
