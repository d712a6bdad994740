// Runs the softphone in a real Chromium against the simulator's media peer, which has Meta's shape: ice-lite, old
// ssrc lines, deaf until it knows our answer. Usage: node test/unit/renderer/harness/media-check.mjs
import { createServer } from 'vite';
import { chromium } from '@playwright/test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newCertificate } from '../../../../src/simulator/media/peer.ts';
import { parseRemote } from '../../../../src/simulator/media/sdp-parse.ts';
import { MediaSession } from '../../../../src/simulator/media/session.ts';
import { noFaults } from '../../../../src/simulator/faults.ts';

const here = import.meta.dirname;
const say = (...what) => process.stdout.write(`${what.map(print).join(' ')}\n`);
const print = (what) => (typeof what === 'string' ? what : JSON.stringify(what));
const top = join(here, '../../../..');
const certificate = await newCertificate();
const server = await createServer({
  root: here,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, fs: { allow: [top] } },
});
await server.listen();
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});

const open = () =>
  MediaSession.open({
    host: '127.0.0.1',
    ipv6: '2001:db8::1',
    certificate,
    voice: { kind: 'tone', hz: 440 },
    presses: [],
    speechFile: join(top, 'resources/speech/customer.opus20'),
    faults: noFaults.media,
  });

async function page() {
  const made = await browser.newPage();
  await made.goto(`${url}media.html`);
  await made.waitForFunction(() => window.softphone);
  return {
    order: (command) => made.evaluate((order) => window.softphone.handleCommand(order), command),
    said: () => made.evaluate(() => window.said),
    evaluate: (task, input) => made.evaluate(task, input),
    async report(kind, ms = 5000) {
      const handle = await made.waitForFunction(
        (wanted) =>
          window.said.find(({ what, detail }) => what === 'report' && detail.kind === wanted),
        kind,
        { timeout: ms },
      );
      return (await handle.jsonValue()).detail;
    },
    close: () => made.close(),
  };
}

const describe = (sdp, role) => {
  const parsed = parseRemote(sdp, role);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
};

async function inbound(ringMs, preAccept) {
  const softphone = await page();
  const session = await open();
  const callId = 'a/inbound';
  await softphone.order({ do: 'answer', callId, offer: session.offerSdp() });
  const { sdp } = await softphone.report('answer-ready');
  assert.match(sdp, /a=setup:active\r\n/);
  assert.equal(sdp.match(/a=fingerprint:/g).length, 1);
  const remote = describe(sdp, 'answer');
  if (preAccept) session.connect(remote);
  await sleep(ringMs);
  assert.equal(session.report().earlyPackets, 0, 'nothing may be sent while it rings');
  if (preAccept) await softphone.report('connected', 8000);
  await softphone.evaluate(() => (window.acceptedAt = Date.now()));
  if (!preAccept) session.connect(remote);
  session.accept();
  await softphone.order({ do: 'live', callId });
  await softphone.report('audio', 8000);
  await sleep(3000);
  const heard = session.report();
  await softphone.order({ do: 'mute', callId, muted: true });
  await sleep(2500);
  const muted = session.report();
  await softphone.order({ do: 'close', callId });
  const said = await softphone.said();
  const audio = said.find(({ detail }) => detail?.kind === 'audio');
  const quality = said.findLast(({ what }) => what === 'quality')?.detail;
  const { acceptToAudioMs, toneHz, levelDbfs, packetsReceived, connectMs, ssrcs } = heard;
  say(`inbound ring=${ringMs} preAccept=${preAccept}`, {
    acceptToAudioMs,
    connectMs,
    toneHz,
    levelDbfs,
    packetsReceived,
    ssrcs: ssrcs.length,
    mutedLevel: muted.levelDbfs,
    mutedPackets: muted.packetsReceived - packetsReceived,
    failed: said.filter(({ detail }) => detail?.kind === 'failed').map(({ detail }) => detail.why),
  });
  say('  heard by agent', {
    firstAudioMs: quality?.firstAudioMs,
    quality,
    audioAt: Boolean(audio),
  });
  assert.ok(muted.packetsReceived > packetsReceived + 60, 'a muted microphone goes on sending');
  await session.close();
  await softphone.close();
}

async function outbound() {
  const softphone = await page();
  const session = await open();
  const callId = 'out/1';
  await softphone.order({ do: 'offer', callId });
  const { sdp } = await softphone.report('offer-ready');
  const remote = describe(sdp, 'offer');
  session.connect(remote);
  await softphone.order({
    do: 'apply-answer',
    callId,
    sdp: session.answerSdp(remote).replace('setup:active', 'setup:actpass'),
  });
  await softphone.order({ do: 'live', callId });
  await softphone.report('connected');
  await sleep(2000);
  const before = (await softphone.said()).filter(({ detail }) => detail?.kind === 'audio').length;
  session.accept();
  await softphone.report('audio');
  await sleep(1500);
  say('outbound', {
    audioBeforePickUp: before,
    heard: session.report().packetsReceived,
    failed: (await softphone.said()).filter(({ detail }) => detail?.kind === 'failed'),
  });
  await softphone.order({ do: 'close', callId });
  await session.close();
  await softphone.close();
}

async function malformed() {
  const softphone = await page();
  await softphone.order({ do: 'answer', callId: 'bad', offer: 'v=0\nnonsense' });
  say('malformed', await softphone.report('failed'));
  await softphone.close();
}

try {
  await malformed();
  await inbound(1500, true);
  await inbound(1500, false);
  await outbound();
  if (process.argv.includes('--long')) {
    await inbound(25_000, false);
    await inbound(50_000, false);
    await inbound(50_000, true);
  }
} finally {
  await browser.close();
  await server.close();
}
