import { act } from 'react';
import { expect, it } from 'vitest';
import { NoticeList } from '../../../../../src/renderer/features/notices/notices.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import type { Notice } from '../../../../../src/shared/ipc/notices.ts';
import { snapshot } from '../../fixtures.ts';
import { page, root } from '../../page.ts';

const notice = (id: string, code: Notice['code'], kind: Notice['kind']): Notice => ({
  id,
  code,
  kind,
  at: 0,
  values: { name: 'Bea', end: 'expired' },
});

it('is spoken as it comes: its region is in the page before, and alerts are at once', () => {
  act(() => {
    storeSnapshot(snapshot({ revision: 7_000 }));
    root.render(<NoticeList />);
  });
  const region = page.querySelector('[aria-live="polite"]');
  expect(region?.textContent).toBe('');
  const notices = [
    notice('a', 'permission-granted', 'info'),
    notice('b', 'transfer-reverted', 'warning'),
  ];
  act(() => storeSnapshot(snapshot({ revision: 7_001, notices })));
  expect(region?.querySelectorAll('li')).toHaveLength(2);
  expect(region?.querySelectorAll('[role="alert"]')).toHaveLength(1);
  expect(region?.querySelectorAll('[role="status"]')).toHaveLength(0);
});
