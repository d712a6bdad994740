import { t } from '../../../../../src/shared/i18n/i18n.ts';
import { expect, it } from 'vitest';
import { cloudRequests, metaRoutes } from '../../../../../src/shared/providers/meta/api.ts';

it('F3 accept and connect request recording and transcription, pre_accept never does', () => {
  const use = { purpose: 'Quality', language: 'pt', transcript: true };
  const requests = cloudRequests(metaRoutes('1', '2'), () => use);
  const wanted = { status: 'ENABLED', purpose: 'Quality', announcement_language: 'pt' };
  const both = { recording: wanted, transcription: wanted };
  expect(requests.accept('w', 'sdp').body).toMatchObject(both);
  expect(requests.connect({ to: { waId: '1' }, sdp: 's', callbackData: 'o' }).body).toMatchObject(
    both,
  );
  const before = requests.preAccept('w', 'sdp').body;
  expect(before).not.toHaveProperty('recording');
  expect(before).not.toHaveProperty('transcription');
});

it('F3 explains a recording that ends early', () => {
  expect(t('recordings.mayBeShort')).toMatch(/changes networks/);
});
