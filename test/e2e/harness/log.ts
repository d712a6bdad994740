import type { Page } from '@playwright/test';
import type { HistoryDetail } from '../../../src/shared/ipc/history.ts';

/** The calls in a console's log, newest first, read the way its History reads them. */
export function readLog(page: Page): Promise<HistoryDetail[]> {
  return page.evaluate(async () => {
    const list = await window.ringdesk.request('history.list', { filter: {}, limit: 200 });
    if (!list.ok) throw new Error(list.error.message);
    const calls = [];
    for (const { id } of list.value.rows) {
      const detail = await window.ringdesk.request('history.get', { callId: id });
      if (!detail.ok) throw new Error(detail.error.message);
      calls.push(detail.value);
    }
    return calls;
  });
}
