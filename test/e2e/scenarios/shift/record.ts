import type { Page } from '@playwright/test';

/** When customers stopped waiting at one console: Unix ms of each, by customer. */
export type Closed = Record<string, number[]>;

/** Records from now on. @returns reads what was recorded so far */
export async function recordClosed(page: Page): Promise<() => Promise<Closed>> {
  const recorded = await page.evaluateHandle(() => {
    const closed: Record<string, number[]> = {};
    let waiting = new Set<string>();
    const read = async () => {
      const list = await window.ringdesk.request('todo.list', {});
      if (!list.ok) return;
      const now = new Set(list.value.map(({ customer }) => customer));
      for (const one of waiting) if (!now.has(one)) (closed[one] ??= []).push(Date.now());
      waiting = now;
    };
    window.ringdesk.onEvent((event) => {
      if (event.type === 'todo-changed') void read();
    });
    return closed;
  });
  return () => recorded.evaluate((closed) => closed);
}
