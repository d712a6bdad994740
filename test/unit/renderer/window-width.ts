import { vi } from 'vitest';

/** jsdom has no layout: says whether the window is as narrow as a phone. */
export function setNarrow(matches: boolean): void {
  const query = {
    matches,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  vi.stubGlobal('matchMedia', () => query);
}
