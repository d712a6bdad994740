import type { Page } from '@playwright/test';
import type { HistoryDetail } from '../../../src/shared/ipc/model.ts';

/** What a console's log holds, newest first, by the same door as its History. */
export function readLog(console: Page): Promise<HistoryDetail[]> {
  return console.evaluate(async () => {
    const page = await window.ringdesk.request('history.list', { filter: {}, limit: 200 });
    if (!page.ok) throw new Error(page.error.message);
    const calls = [];
    for (const { id } of page.data.rows) {
      const detail = await window.ringdesk.request('history.get', { callId: id });
      if (!detail.ok) throw new Error(detail.error.message);
      calls.push(detail.data);
    }
    return calls;
  });
}
