import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeProblems } from './harness/axe.ts';
import { accept, button, expect, hangUp, inHistory, logged, ring, test } from './fixture.ts';

test.use({
  simulated: {
    customers: [{ waId: '5511987654321', name: 'Camila Souza', permission: 'permanent' }],
  },
});

test('Insight counts the calls, leads to them, and is saved as picture and table', async ({
  backend,
  app,
  folder,
}) => {
  const { window } = app;
  const missed = await ring(backend, app);
  backend.simulator.hangUp(missed);
  await expect.poll(async () => (await logged(app)).length).toBe(1);
  const answered = await ring(backend, app, {
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
  });
  await accept(backend, app, answered);
  await hangUp(backend, app, answered);

  await button(app, 'Insight').click();
  const heat = window.getByRole('region', { name: 'Calls by weekday and hour' });
  const days = window.getByRole('region', { name: 'Calls by day' });
  await expect(heat.getByRole('button', { name: /: 1: list the calls$/ })).toHaveCount(1);
  await expect(days.getByRole('row', { name: /^All/ })).toHaveText('All21100');
  expect(await axeProblems(window)).toEqual([]);

  const save = async (what: string, name: string) => {
    const path = join(folder, name);
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await button(app, what).last().click();
    await expect(window.getByText(`Saved in ${path}`)).toBeVisible();
    return readFileSync(path);
  };
  const csv = (await save('Save table', 'days.csv')).toString('utf8');
  expect(csv).toContain('"Day","Incoming","Answered","Missed","Outgoing","Customer answered"');
  expect(csv).toContain('"All",2,1,1,0,0');
  const png = await save('Save picture', 'days.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(2_000);

  await heat.getByRole('button', { name: /: 1: list the calls$/ }).click();
  await expect(inHistory(window, 'Camila Souza')).toBeVisible();
  await expect(inHistory(window, 'Mateo Ruiz')).toHaveCount(0);
  await button(app, 'Show all calls').click();
  await expect(inHistory(window, 'Mateo Ruiz')).toBeVisible();
});
