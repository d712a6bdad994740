import { button, expect, ring, test, showHistory } from './fixture.ts';

const turning = { waId: '5215512345678', name: 'Bank \u202egnp.liam@knab support' };
const arabic = {
  waId: '201001234567',
  name: 'عبد الرحمن بن خالد السعدي المعروف بأبي محمد القرشي الأندلسي',
};
const unseen = { waId: '553188887777', name: '\u3164 \u2800' };

test.use({ simulated: { customers: [turning, arabic, unseen] } });

test('T1 U14 hostile names leave the window readable, and the dialler still finds them', async ({
  backend,
  app,
}) => {
  const { window } = app;
  for (const customer of [turning, arabic, unseen]) {
    const callId = await ring(backend, app, { customer });
    backend.simulator.hangUp(callId);
    await expect(button(app, 'Accept')).toHaveCount(0);
  }
  await showHistory(window);
  const calls = window.getByRole('list', { name: 'Calls' });
  await expect(calls.getByText('Bank gnp.liam@knab support', { exact: true })).toBeVisible();
  await expect(calls.getByText(arabic.name.slice(0, 12))).toBeVisible();
  await expect(calls.getByText('+55 31 8888 7777', { exact: true })).toBeVisible();
  await button(app, 'New call').click();
  await window.getByLabel('Number', { exact: true }).fill('bank');
  await expect(window.getByRole('option', { name: /Bank gnp/ })).toBeVisible();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Last call', { exact: false }).first()).toBeVisible();
});
