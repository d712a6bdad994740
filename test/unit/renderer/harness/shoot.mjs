// Takes screenshots of every screen. Usage: node test/unit/renderer/harness/shoot.mjs FOLDER [NAME…] [--axe] [--language=ar]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';

const withAxe = process.argv.includes('--axe');
const words = process.argv.slice(2);
const language = words.find((word) => word.startsWith('--language='))?.split('=')[1] ?? 'en';
const [folder = 'shots', ...names] = words.filter((word) => !word.startsWith('--'));
const here = import.meta.dirname;
const say = (...what) => process.stdout.write(`${what.join(' ')}\n`);
const desk = { width: 1180, height: 760 };
const phone = { width: 360, height: 720 };
const desktop = { width: 1280, height: 800 };
const small = { width: 1080, height: 720 };
const tall = { width: 1180, height: 1900 };
const sofia = { waId: '525512345678' };
const popup = { width: 380, height: 208 };
const open = (view, more = {}) => ({ ui: { view, ...more } });
const insight = (view) =>
  open('insight', {
    insight: {
      view,
      dimension: 'number',
      span: 'month',
      dates: { first: '', last: '' },
      ofTeam: false,
    },
  });
/** Light, dark, and as narrow as it can be. */
const inEveryForm = (name, { query, height, ...shot }) => ({
  [`${name}-light`]: {
    ...shot,
    query: `${query}&theme=light`,
    size: { ...desk, ...(height && { height }) },
  },
  [`${name}-dark`]: {
    ...shot,
    query: `${query}&theme=dark`,
    size: { ...desk, ...(height && { height }) },
  },
  [`${name}-phone`]: {
    ...shot,
    query: `${query}&theme=light`,
    size: { ...phone, ...(height && { height: height * 1.3 }) },
  },
});
const setUp = (state) => ({ ...open('start'), setUp: { step: 'connect', ...state } });
const shots = {
  'idle-light': { query: 'scene=idle&theme=light' },
  'idle-dark': { query: 'scene=idle&theme=dark' },
  'ringing-light': { query: 'scene=ringing&theme=light' },
  'ringing-dark': { query: 'scene=ringing&theme=dark' },
  'ringing-nomic': { query: 'scene=ringing-nomic&theme=light' },
  'ringing-phone': { query: 'scene=ringing&theme=dark', size: phone },
  'ringing-two': { query: 'scene=ringing-two&theme=light' },
  'call-light': { query: 'scene=call&theme=light' },
  'call-dark': { query: 'scene=call&theme=dark', ...open('history') },
  'call-contacts': {
    query: 'scene=call&theme=light',
    size: desktop,
    ...open('contacts', { contact: sofia }),
  },
  'call-history': {
    query: 'scene=call&theme=light',
    size: desktop,
    ...open('history', { selectedCallId: 'call/1' }),
  },
  'call-small-history': {
    query: 'scene=call&theme=light',
    size: small,
    ...open('history', { selectedCallId: 'call/1' }),
  },
  'call-small-contacts': {
    query: 'scene=call&theme=dark',
    size: small,
    ...open('contacts', { contact: sofia }),
  },
  'call-small-settings': { query: 'scene=call&theme=light', size: small, ...open('settings') },
  'call-least': { query: 'scene=call&theme=light', size: { width: 900, height: 700 } },
  'call-least-history': {
    query: 'scene=call&theme=light',
    size: { width: 900, height: 700 },
    ...open('history'),
  },
  'wrap-up': { query: 'scene=wrap-up&theme=light', ...open('history') },
  'wrap-up-undecided': { query: 'scene=wrap-up&theme=dark&undecided', ...open('history') },
  'wrap-up-phone': { query: 'scene=wrap-up&theme=dark', size: phone },
  'call-folded': { query: 'scene=call&theme=light', size: small, press: 'Hide customer' },
  'call-phone': { query: 'scene=call&theme=light', size: phone },
  'team-call': { query: 'scene=team&theme=light' },
  'team-call-phone': { query: 'scene=team&theme=light', size: phone },
  'team-transferring': { query: 'scene=transferring&theme=light' },
  'team-transferring-phone': { query: 'scene=transferring&theme=dark', size: phone },
  'team-on-hold': { query: 'scene=on-hold&theme=dark' },
  'team-on-hold-phone': { query: 'scene=on-hold&theme=light', size: phone },
  'team-asked': { query: 'scene=asked&theme=light' },
  'team-taken': { query: 'scene=taken-over&theme=dark' },
  'team-taken-phone': { query: 'scene=taken-over&theme=light', size: phone },
  'team-reverted': { query: 'scene=reverted&theme=light' },
  'team-reverted-phone': { query: 'scene=reverted&theme=dark', size: phone },
  'team-waiting': { query: 'scene=ringing-waiting&theme=dark' },
  'team-waiting-phone': { query: 'scene=ringing-waiting&theme=light', size: phone },
  'team-waiting-popup': {
    page: 'ring.html',
    query: 'scene=ringing-waiting&theme=dark',
    size: popup,
  },
  'team-palette': { query: 'scene=team&theme=light', key: 'Control+k' },
  'team-narrow': { query: 'scene=team&theme=light', size: { width: 800, height: 600 } },
  'team-history': {
    query: 'scene=missed&theme=light',
    ...open('history', { selectedCallId: 'call/legs' }),
  },
  'team-consulting': { query: 'scene=consulting&theme=dark' },
  'team-consulting-phone': { query: 'scene=consulting&theme=light', size: phone },
  'team-ringing': { query: 'scene=ringing-transfer&theme=light' },
  'team-popup': { page: 'ring.html', query: 'scene=ringing-transfer&theme=light', size: popup },
  'team-dialog': { query: 'scene=team&theme=light', press: 'Transfer' },
  'team-presence': { query: 'scene=team&theme=light', press: 'Your presence' },
  'team-view': { query: 'scene=team&theme=light', ...open('team') },
  'team-view-phone': { query: 'scene=team&theme=dark', size: phone, ...open('team') },
  'call-muted': { query: 'scene=muted&theme=dark' },
  waiting: { query: 'scene=waiting&theme=light', ...open('history') },
  calling: { query: 'scene=calling&theme=light' },
  failed: { query: 'scene=failed&theme=light' },
  taken: { query: 'scene=taken&theme=light' },
  'permission-none': {
    query: 'permission=none&theme=light',
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'permission-temporary': {
    query: 'permission=temporary&theme=dark',
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'permission-permanent': {
    query: 'permission=permanent&theme=light',
    ...open('calls', { entry: { text: '(11) 95550-1234' } }),
  },
  'permission-refused': {
    query: 'refuse=contacts.facts&theme=light',
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'permission-phone': {
    query: 'permission=none&theme=light',
    size: phone,
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'contacts-light': {
    query: 'permission=temporary&theme=light',
    ...open('contacts', { contact: sofia }),
  },
  'contacts-dark': {
    query: 'permission=none&theme=dark',
    size: desktop,
    ...open('contacts', { contact: sofia }),
  },
  'contacts-1080': {
    query: 'permission=none&closed=1&theme=light',
    size: small,
    ...open('contacts', { contact: sofia }),
  },
  'contacts-template': {
    query: 'permission=none&closed=1&theme=dark',
    size: small,
    ...open('contacts', { contact: sofia }),
    press: 'Template…',
  },
  'contacts-empty': { query: 'scene=empty&theme=light', ...open('contacts') },
  'contacts-phone': { query: 'theme=light', size: phone, ...open('contacts') },
  'contacts-phone-page': {
    query: 'permission=temporary&theme=dark',
    size: phone,
    ...open('contacts', { contact: sofia }),
  },
  'contacts-phone-allowed': {
    query: 'permission=none&theme=light',
    size: phone,
    ...open('contacts', { contact: sofia }),
    press: 'Calling is not allowed now',
  },
  'number-light': {
    query: 'theme=light',
    size: tall,
    ...open('settings', { numberSettings: 'support' }),
  },
  'number-dark': {
    query: 'theme=dark',
    size: tall,
    ...open('settings', { numberSettings: 'support' }),
    press: 'Show call costs',
  },
  'number-forwarded': {
    query: 'forwarded=1&theme=dark',
    size: tall,
    ...open('settings', { numberSettings: 'support' }),
  },
  'number-phone': {
    query: 'theme=light',
    size: { width: 360, height: 2200 },
    ...open('settings', { numberSettings: 'support' }),
  },
  'forwarded-dial': {
    query: 'scene=forwarded&permission=permanent&theme=dark',
    size: desktop,
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'forwarded-dial-phone': {
    query: 'scene=forwarded&permission=permanent&theme=light',
    size: { width: 360, height: 1500 },
    ...open('calls', { entry: { text: '+52 55 1234 5678' } }),
  },
  'forwarded-bill': {
    query: 'scene=forwarded&theme=light',
    size: { width: 1080, height: 1000 },
    ...open('history', { selectedCallId: 'call/0' }),
  },
  'external-dark': { query: 'scene=external&theme=dark', ...open('contacts', { contact: sofia }) },
  'external-phone': { query: 'scene=external&theme=light', size: phone, ...open('history') },
  'cost-light': {
    query: 'scene=costs&theme=light',
    ...open('history', { selectedCallId: 'call/0' }),
  },
  'cost-phone': { query: 'scene=costs&theme=dark', size: phone },
  'history-light': {
    query: 'scene=missed&theme=light',
    ...open('history', { selectedCallId: 'call/0' }),
  },
  'history-dark': {
    query: 'scene=missed&theme=dark',
    ...open('history', { selectedCallId: 'call/5' }),
  },
  'history-phone': { query: 'scene=missed&theme=light', size: phone, ...open('history') },
  'history-phone-detail': {
    query: 'scene=missed&theme=light',
    size: phone,
    ...open('history', { selectedCallId: 'call/0' }),
  },
  'history-empty': { query: 'scene=empty&theme=light', ...open('history') },
  'history-views': {
    query: 'theme=light&views',
    ...open('history', { filter: { text: 'leo' } }),
  },
  'history-views-phone': {
    query: 'theme=dark&views',
    size: phone,
    ...open('history', { filter: { outcome: 'missed' } }),
  },
  'history-filter': { query: 'theme=light', ...open('history'), press: 'Filter' },
  'history-export': { query: 'theme=light', ...open('history'), press: 'Export' },
  'insight-hours': { query: 'scene=missed&theme=light', size: tall, ...insight('hours') },
  'insight-hours-dark': { query: 'scene=missed&theme=dark', size: tall, ...insight('hours') },
  'insight-pick-up': { query: 'scene=missed&theme=light', size: tall, ...insight('pickUp') },
  'insight-comparison': { query: 'scene=missed&theme=dark', size: tall, ...insight('breakdown') },
  'insight-cost': { query: 'scene=missed&theme=light', size: tall, ...insight('cost') },
  'insight-sound': { query: 'scene=missed&theme=dark', size: tall, ...insight('quality') },
  'insight-transfers': { query: 'scene=missed&theme=light', ...insight('transfers') },
  'insight-phone': {
    query: 'scene=missed&theme=light',
    size: { width: 360, height: 1900 },
    ...insight('hours'),
  },
  'insight-empty': { query: 'scene=empty&theme=light', ...insight('hours') },
  'settings-light': {
    query: 'theme=light',
    ...open('settings'),
    size: { width: 1180, height: 1080 },
  },
  'settings-dark': { query: 'theme=dark', ...open('settings') },
  'settings-phone': { query: 'theme=light', size: phone, ...open('settings') },
  'devices-light': {
    query: 'devices=1&theme=light',
    size: tall,
    ...open('settings'),
    press: 'Test the network',
  },
  'devices-dark': {
    query: 'devices=1&theme=dark',
    size: tall,
    ...open('settings'),
    press: 'Ring once',
  },
  'devices-phone': {
    query: 'devices=1&theme=light',
    size: { width: 360, height: 2200 },
    ...open('settings'),
    press: 'Check microphone',
  },
  diagnostics: {
    query: 'theme=light',
    size: { width: 1180, height: 1000 },
    ...open('settings'),
    press: 'Make a diagnostics file',
  },
  'demo-light': { query: 'theme=light', ...open('demo') },
  'demo-phone': { query: 'theme=dark', size: phone, ...open('demo') },
  quality: { query: 'scene=call&theme=light', samples: true, press: 'Call quality: Good' },
  audio: { query: 'scene=call&theme=dark', press: 'Audio devices' },
  country: { query: 'theme=light', press: 'Country' },
  connection: { query: 'scene=missed&theme=light', press: 'Connection: Connected' },
  reconnecting: { query: 'scene=reconnecting&theme=light', press: 'Connection: Reconnecting' },
  notices: { query: 'scene=notices&theme=light' },
  'notices-phone': { query: 'scene=notices&theme=dark', size: phone },
  ...inEveryForm('vault', { query: 'scene=vault' }),
  ...inEveryForm('policy', { query: 'scene=policy', height: 2900, ...open('settings') }),
  ...inEveryForm('voicemail-new', {
    query: 'voicemail=new',
    height: 2900,
    ...open('settings', { numberSettings: 'support' }),
    turnOn: 3,
  }),
  ...inEveryForm('voicemail-set', {
    query: 'voicemail=set',
    height: 2900,
    ...open('settings', { numberSettings: 'support' }),
  }),
  ...inEveryForm('voicemail-played', {
    query: 'voicemail=set&scene=missed',
    ...open('history', { selectedCallId: 'call/1' }),
    press: 'Play voicemail',
  }),
  ...inEveryForm('recording', {
    query: 'recorded&scene=missed',
    height: 1500,
    ...open('history', { selectedCallId: 'call/0' }),
  }),
  ...inEveryForm('disk-full', { query: 'scene=disk-full', ...open('history') }),
  ...inEveryForm('rescued', { query: 'scene=rescued', ...open('history') }),
  ...inEveryForm('crowded', { query: 'scene=crowded' }),
  ...inEveryForm('record-asking', { query: 'scene=record-asking' }),
  ...inEveryForm('record-paused', { query: 'scene=record-paused' }),
  ...inEveryForm('record-failed', { query: 'scene=record-failed' }),
  fresh: { query: 'scene=fresh&theme=light' },
  'start-light': { query: 'scene=idle&theme=light', ...open('start') },
  'start-dark': { query: 'scene=idle&theme=dark', size: tall, ...setUp({ way: 'admin' }) },
  'start-phone': { query: 'scene=idle&theme=light', size: phone, ...setUp({ way: 'file' }) },
  'start-phone-admin': {
    query: 'scene=idle&theme=dark',
    size: { width: 360, height: 1900 },
    ...setUp({ way: 'admin' }),
  },
  'start-done': {
    query: 'scene=idle&theme=light',
    size: tall,
    ...setUp({
      way: 'admin',
      done: {
        folder: '/home/ana/ringdesk-relay',
        files: ['relay.json'],
        relay: 'wss://calls.example.com',
        commands: {
          containers: 'docker compose up -d',
          plain: 'npm run relay -- --config /home/ana/ringdesk-relay/relay.json',
        },
        webhook: {
          url: 'https://calls.example.com/webhooks/meta/support',
          verifyToken: '0123456789abcdef0123456789abcdef',
        },
        invitations: ['Ana Lima', 'Bea Rocha'].map((name) => ({
          name,
          link: 'ringdesk:join?relay=wss%3A%2F%2Fcalls.example.com&code=K7QF-3MRA-9TWX',
          code: 'K7QF-3MRA-9TWX',
        })),
      },
    }),
  },
  palette: { query: 'scene=ringing&theme=dark', key: 'Control+k' },
  'popup-light': { page: 'ring.html', query: 'scene=ringing&theme=light', size: popup },
  'popup-dark': { page: 'ring.html', query: 'scene=ringing&theme=dark', size: popup },
  'popup-first': { page: 'ring.html', query: 'scene=ringing-first&theme=light', size: popup },
  'popup-two': { page: 'ring.html', query: 'scene=ringing-two&theme=light', size: popup },
  'popup-nomic': { page: 'ring.html', query: 'scene=ringing-nomic&theme=light', size: popup },
  'popup-taken': { page: 'ring.html', query: 'scene=taken&theme=light', size: popup },
};

mkdirSync(folder, { recursive: true });
const server = await createServer({
  root: here,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, fs: { allow: [join(here, '../../../..')] } },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
try {
  for (const [name, shot] of Object.entries(shots)) {
    if (names.length > 0 && !names.some((wanted) => name.startsWith(wanted))) continue;
    const context = await browser.newContext({ viewport: shot.size ?? desk });
    const page = await context.newPage();
    page.on('pageerror', (error) => say(name, error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) say(name, message.text());
    });
    await page.goto(
      `${server.resolvedUrls.local[0]}${shot.page ?? ''}?${shot.query}&language=${language}`,
    );
    await page.waitForSelector('main');
    if (shot.ui) {
      await page.waitForFunction(() => window.ui);
      await page.evaluate((ui) => window.ui.setState(ui), shot.ui);
    }
    if (shot.setUp) await page.evaluate((state) => window.setUp.setState(state), shot.setUp);
    if (shot.samples) {
      await page.waitForFunction(() => window.addSample);
      await page.evaluate(() => {
        for (let at = 0; at < 50; at++) {
          const mos = 4.3 - (at > 20 && at < 28 ? 0.8 : 0) - Math.random() * 0.1;
          window.addSample('support/wacid.2', {
            at,
            lossIn: 0.004,
            lossOut: 0,
            jitterMs: 7,
            rttMs: 84,
            mos,
            route: 'prflx',
            verdict: 'good',
          });
        }
      });
    }
    await page.waitForTimeout(700);
    // The names are English.
    if (shot.press && language === 'en')
      await page
        .getByRole('button', { name: shot.press })
        .or(page.getByRole('combobox', { name: shot.press }))
        .first()
        .click();
    if (shot.turnOn !== undefined) await page.getByRole('switch').nth(shot.turnOn).click();
    if (shot.key) await page.keyboard.press(shot.key);
    await page.waitForTimeout(400);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) say(name, 'is wider than its window');
    if (withAxe) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        for (const { html, failureSummary } of nodes) say(name, id, html, failureSummary);
      }
    }
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
