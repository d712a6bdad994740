import { vi } from 'vitest';

/** Main, as the page sees it: what it answers to a request. */
export type FakeRequest = (name: string, input: never) => unknown;

/** Main answers a page's requests like this, refusals among them. */
export function stubMain(request: FakeRequest): void {
  vi.stubGlobal('ringdesk', { request, onEvent: () => () => undefined });
}

/** Main grants every request; `valueOf` is what it answers with. */
export function stubGranting(valueOf: (name: string, input: never) => unknown): void {
  stubMain((name, input) => Promise.resolve({ ok: true, value: valueOf(name, input) }));
}
