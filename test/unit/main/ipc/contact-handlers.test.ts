import { expect, test } from 'vitest';
import { createContactHandlers } from '../../../../src/main/ipc/contact-handlers.ts';
import { refusal } from '../../../../src/main/refusal.ts';

const sender = { id: 1, url: 'app://ringdesk', topFrame: true };
const unasked = () => Promise.reject(new Error('nobody may be asked'));

test('where the organisation turned exports off, contacts are not written either', async () => {
  const handlers = createContactHandlers({
    workspace: () => {
      throw new Error('nothing may be read');
    },
    askRateCard: unasked,
    askPeopleFile: unasked,
    askPeopleExport: unasked,
    askFolder: unasked,
    askFileToSave: unasked,
    assertMayExport: () => {
      throw refusal('organisation');
    },
    eraseProgress: () => undefined,
    showFile: () => undefined,
  });
  await expect(handlers['people.export']({ format: 'vcf' }, sender)).rejects.toMatchObject({
    error: { code: 'organisation' },
  });
  const party = { waId: '5511987654321' };
  await expect(handlers['people.save']({ party }, sender)).rejects.toMatchObject({
    error: { code: 'organisation' },
  });
});
