import { vi } from 'vitest';
import { requests } from '../../../src/shared/ipc/routes.ts';

/** Main, as the page sees it: what it answers to a request. */
export type FakeRequest = (name: string, input: never) => unknown;

/** Main answers a page's requests like this, refusals among them. As in the app, it takes none that breaks the contract. */
export function stubMain(request: FakeRequest): void {
  const schemas: Readonly<Record<string, { parse: (input: unknown) => unknown }>> = requests;
  const parsing = (name: string, input: never) => {
    schemas[name]?.parse(input);
    return request(name, input);
  };
  vi.stubGlobal('ringdesk', { request: parsing, onEvent: () => () => undefined });
}

/** Main grants every request; `valueOf` is what it answers with. */
export function stubGranting(valueOf: (name: string, input: never) => unknown): void {
  stubMain((name, input) => Promise.resolve({ ok: true, value: valueOf(name, input) }));
}
