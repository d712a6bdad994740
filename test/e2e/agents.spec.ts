import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { ConsoleApp } from './harness/console-app.ts';
import { bea, cara, type TestAgent } from './harness/agents.ts';
import { button } from './fixture.ts';
import { axeProblems } from './harness/axe.ts';
import { expect, test } from './team-fixture.ts';

const ada: TestAgent = { id: 'ada', name: 'Ada Reis', hz: 1000, role: 'admin' };
/** Long enough for a busy machine; the relay itself needs less than one. */
const SECONDS = { timeout: 5_000 };

test.use({ ownProcess: false });

/** Opens the settings; the part about agents. */
async function openAgents(app: ConsoleApp): Promise<Locator> {
  await button(app, 'Settings').click();
  return app.window.getByRole('region', { name: 'Agents', exact: true });
}

/** One agent's row. */
const row = (agents: Locator, name: string) =>
  agents.getByRole('listitem').filter({ hasText: name });

/** Chooses from a list of the form. */
async function choose({ window }: ConsoleApp, form: Locator, label: string, option: string) {
  await form.getByRole('combobox', { name: label }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

/** Answers the next question for a file, as the admin would. */
async function answerFile({ electron }: ConsoleApp, which: 'open' | 'save', path: string) {
  await electron.evaluate(
    ({ dialog }, { which, path }) => {
      if (which === 'open') {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      } else {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
      }
    },
    { which, path },
  );
}

async function resize({ electron, window }: ConsoleApp, width: number, height: number) {
  await electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const one of BrowserWindow.getAllWindows()) {
        if (one.webContents.getURL().endsWith('index.html')) one.setSize(size.width, size.height);
      }
    },
    { width, height },
  );
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThanOrEqual(width);
}

/** The token that the console shows once. */
async function shownToken({ window }: ConsoleApp): Promise<string> {
  const dialog = window.getByRole('alertdialog', { name: /^Token of/ });
  const token = await dialog.getByRole('textbox', { name: 'Token' }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return token;
}

test('an admin adds an agent, who signs in with the token and is removed again', async ({
  join: joinAs,
  folder,
  backend,
}) => {
  // Two consoles start one after the other.
  test.slow();
  const admin = await joinAs(ada);
  const agents = await openAgents(admin);
  await expect(row(agents, 'Ada Reis')).toContainText('you');
  await agents.getByRole('button', { name: 'Add agent' }).click();
  const form = agents.getByRole('form', { name: 'Add agent' });
  await form.getByLabel('Id', { exact: true }).fill('dan');
  await form.getByLabel('Name', { exact: true }).fill('Dan Melo');
  await form.getByLabel('Team').fill('Care');
  await form.getByRole('button', { name: 'Save' }).click();
  const token = await shownToken(admin);
  await expect(row(agents, 'Dan Melo')).toContainText('dan · Agent · Care');

  const template = JSON.parse(readFileSync(await backend.profileFor(bea), 'utf8'));
  const profile = join(folder, 'dan.json');
  writeFileSync(
    profile,
    JSON.stringify({
      ...template,
      agent: { id: 'dan', name: 'Dan Melo' },
      relay: { ...template.relay, token },
    }),
  );
  const dan = await joinAs({ id: 'dan', name: 'Dan Melo', hz: 1500 }, { profile });
  // An ordinary agent has no such page.
  await expect(await openAgents(dan)).toHaveCount(0);
  await expect(dan.window.getByRole('region', { name: 'Workspace' })).toBeVisible();

  // A new token signs out the console with the old one, which says so.
  await row(agents, 'Dan Melo').getByRole('button', { name: 'New token for Dan Melo' }).click();
  await button(admin, 'New token').click();
  expect(await shownToken(admin)).not.toBe(token);
  await expect(dan.window.getByText('Your sign-in was refused').first()).toBeVisible(SECONDS);

  await row(agents, 'Dan Melo').getByRole('button', { name: 'Remove Dan Melo' }).click();
  await admin.window
    .getByRole('alertdialog', { name: 'Remove Dan Melo?' })
    .getByRole('button', { name: 'Remove Dan Melo' })
    .click();
  await expect(row(agents, 'Dan Melo')).toHaveCount(0);
});

test('a right that is taken is gone from a connected console within a second, which says so', async ({
  join: joinAs,
}) => {
  const admin = await joinAs(ada);
  const other = await joinAs({ ...cara, role: 'admin' });
  const agents = await openAgents(admin);
  const theirs = await openAgents(other);
  await expect(row(theirs, 'Ada Reis')).toBeVisible();

  await row(agents, 'Cara Nunes').getByRole('button', { name: 'Edit Cara Nunes' }).click();
  const form = agents.getByRole('form', { name: 'Edit Cara Nunes' });
  await choose(admin, form, 'Role', 'Supervisor');
  await choose(admin, form, 'Calls', 'No calls');
  await form.getByLabel('Team').fill('Care');
  await choose(admin, form, 'Numbers', 'Only these');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(theirs).toHaveCount(0, SECONDS);
  await expect(
    other.window.getByText(
      'An admin changed what you may do: your role is Supervisor now; your calls are now “No calls”; Support is no longer yours',
    ),
  ).toBeVisible();
  await expect(row(agents, 'Cara Nunes')).toContainText(
    'cara · Supervisor · Care · No calls · no numbers',
  );

  // The admin who stays is asked before they give up their own role, and then told why they cannot.
  await row(agents, 'Ada Reis').getByRole('button', { name: 'Edit Ada Reis' }).click();
  const own = agents.getByRole('form', { name: 'Edit Ada Reis' });
  await choose(admin, own, 'Role', 'Agent');
  await own.getByRole('button', { name: 'Save' }).click();
  await admin.window
    .getByRole('alertdialog', { name: 'Stop being an admin?' })
    .getByRole('button', { name: 'Stop being an admin' })
    .click();
  await expect(admin.window.getByText(/last admin/i).first()).toBeVisible();
  await expect(row(agents, 'Ada Reis')).toContainText('Admin');
});

test('a file of agents is imported whole, or names each row that is wrong', async ({
  join: joinAs,
  folder,
}) => {
  const admin = await joinAs(ada);
  const agents = await openAgents(admin);
  const file = join(folder, 'agents.csv');
  const tokens = join(folder, 'tokens.csv');
  await answerFile(admin, 'open', file);
  await answerFile(admin, 'save', tokens);
  const question = admin.window.getByRole('alertdialog', { name: 'Import agents.csv' });

  writeFileSync(
    file,
    'id;name;role;team;calls\nemil;Emil;boss;Care;all\n;Nameless;agent;;\nfay;;agent;;sometimes\n',
  );
  await agents.getByRole('button', { name: 'Import CSV' }).click();
  await expect(question).toContainText('Nothing is added until every row is right');
  await expect(question).toContainText('Row 2: “boss” is no role');
  await expect(question).toContainText('Row 4: “sometimes” is none of');
  await expect(question.getByRole('button', { name: 'Add all' })).toHaveCount(0);
  await question.getByRole('button', { name: 'Close' }).click();

  // What only the relay knows is said as well, and nothing is added then.
  writeFileSync(file, 'id,name,numbers\nemil,Emil,nowhere\nada,Another Ada,\n');
  await agents.getByRole('button', { name: 'Import CSV' }).click();
  await question.getByRole('button', { name: 'Add all' }).click();
  await expect(question).toContainText('Row 2: there is no number “nowhere”');
  await expect(question).toContainText('Row 3: the id “ada” is taken');
  await question.getByRole('button', { name: 'Close' }).click();
  await expect(row(agents, 'Emil')).toHaveCount(0);
  expect(existsSync(tokens)).toBe(false);

  writeFileSync(file, 'id,name,role,team\nemil,Emil Dias,supervisor,Care\nfay,Fay Luz,,\n');
  await agents.getByRole('button', { name: 'Import CSV' }).click();
  await expect(question).toContainText('2 agents can be added');
  await question.getByRole('button', { name: 'Add all' }).click();
  await expect(row(agents, 'Emil Dias')).toContainText('emil · Supervisor · Care');
  await expect(row(agents, 'Fay Luz')).toBeVisible();
  expect(readFileSync(tokens, 'utf8')).toMatch(/^id,token\r\nemil,\S{20,}\r\nfay,\S{20,}\r\n$/);
  expect(statSync(tokens).mode & 0o777).toBe(0o600);
});

test('the agents’ page passes axe and fits, light and dark', async ({ join: joinAs, backend }) => {
  for (const agent of [bea, { ...cara, team: 'Second line', numbers: [] as string[] }]) {
    await backend.profileFor(agent);
  }
  const admin = await joinAs(ada);
  const { window } = admin;
  const agents = await openAgents(admin);
  const check = async (shown: Locator) => {
    expect(await axeProblems(window)).toEqual([]);
    for (const width of [360, 1280]) {
      await resize(admin, width, 900);
      await shown.scrollIntoViewIfNeeded();
      const over = await window.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over).toBeLessThanOrEqual(0);
    }
  };
  await expect(row(agents, 'Cara Nunes')).toContainText('no numbers');
  await check(agents);
  await row(agents, 'Cara Nunes').getByRole('button', { name: 'Edit Cara Nunes' }).click();
  await check(agents.getByRole('form'));
  await row(agents, 'Bea Rocha').getByRole('button', { name: 'New token for Bea Rocha' }).click();
  await button(admin, 'New token').click();
  const token = window.getByRole('alertdialog', { name: 'Token of Bea Rocha' });
  await check(token);
  await token.getByRole('button', { name: 'Done' }).click();
});
