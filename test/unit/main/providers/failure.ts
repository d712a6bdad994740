import { ProviderFailure } from '../../../../src/main/calls/ports.ts';

/** The refusal that a request to a provider ends in. */
export async function failureOf(asked: Promise<unknown>) {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFailure)) throw new Error(`no refusal: ${String(error)}`);
  return error.error;
}
