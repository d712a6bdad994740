import type { Answer } from '../../../../src/shared/providers/client.ts';

/** The error that a request to a provider ends in. */
export async function failureOf(asked: Promise<Answer<unknown>> | undefined) {
  const answer = await asked;
  if (answer?.ok !== false) throw new Error(`no refusal: ${JSON.stringify(answer)}`);
  return answer.error;
}

/** The provider's answer; a refusal fails the test. */
export async function valueOf<T>(asked: Promise<Answer<T>> | undefined): Promise<T> {
  const answer = await asked;
  if (answer?.ok !== true) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.value;
}
