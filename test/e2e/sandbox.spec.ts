import { expect, test } from './fixture.ts';

test('H1 L2 L3 a page cannot navigate, open, download or ask for permissions, and every response carries the CSP', async ({
  app,
  backend: _backend,
}) => {
  const { electron, window } = app;
  const preferences = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const all: unknown = Reflect.apply(
        Reflect.get(webContents, 'getLastWebPreferences'),
        webContents,
        [],
      );
      return all;
    }),
  );
  for (const one of preferences) {
    expect(one).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      disableDialogs: true,
    });
  }

  const answers = await window.evaluate(async () => {
    const addresses = ['index.html', 'nope.html', 'nope', '..%2f..%2fpackage.json', ''];
    return Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(`app://ringdesk/${address}`);
        return [answer.status, answer.headers.get('content-security-policy') ?? ''] as const;
      }),
    );
  });
  expect(answers.map(([status]) => status)).toEqual([200, 404, 404, 404, 404]);
  for (const [, policy] of answers) expect(policy).toContain("default-src 'none'");

  const outcome = await window.evaluate(() => {
    const opened = open('https://example.com');
    const asked = [confirm('May I?'), confirm('Really?')];
    alert('x');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'x.txt';
    link.click();
    for (const address of ['https://example.com', 'app://ringdesk/nope']) {
      location.href = address;
    }
    return { opened: opened !== null, asked };
  });
  expect(outcome).toEqual({ opened: false, asked: [false, false] });
  // Asked in the main process, because Playwright waits for blocked navigations.
  const still = await electron.evaluate(async ({ BrowserWindow }) => {
    const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
    const page = pages.find((one) => one.getURL().endsWith('/index.html'));
    return page?.executeJavaScript('document.body.innerText');
  });
  expect(still).toMatch(/Connected/);
  // The same page, and so the same softphone.
  expect(app.output()).not.toContain('softphone: gone');
});
