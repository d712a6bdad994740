import type { CursorStore } from '../../src/main/db/relay-cursor.ts';

/** A relay cursor that is kept in memory. */
export function memoryCursor(): CursorStore {
  let stored: { epoch: string; cursor: number } | undefined;
  return {
    get: () => stored,
    reset: (epoch, cursor) => {
      stored = { epoch, cursor };
    },
    advance: (cursor) => {
      if (stored) stored = { ...stored, cursor };
    },
  };
}
