import type { Backend } from '../../e2e/harness/backend.ts';
import type { ConsoleApp } from '../../e2e/harness/console-app.ts';
import { connected, type Desk } from './desk.ts';
import { forgetMoments, momentsOf, watchMoments, type Moments } from './page-clock.ts';

/** In ms. */
export interface Latency {
  p50: number;
  p99: number;
}

/** From the webhook's first byte until the ring was painted. */
export interface RingLatency extends Latency {
  /** From the webhook's first byte until what the customer wrote last was painted beside it. */
  message: Latency;
  /** From the webhook's first byte until its first sample was played. */
  sound: Latency;
  rings: number;
}

export interface SoundLatency {
  /** From the press on Accept until the customer heard the first sound, in ms. */
  p50: number;
  p95: number;
  calls: number;
}

const camila = { waId: '5511987654321', name: 'Camila Souza' };
const LIMIT_MS = 20_000;
/** A card that moved under the pointer ignores a press: it is pressed again after this time. */
const AGAIN_MS = 1_000;

/** Rings again and again, and gives up. */
export async function measureRings(
  backend: Backend,
  open: () => Promise<ConsoleApp>,
  rings: number,
): Promise<RingLatency> {
  const app = await open();
  await connected(app);
  const text = 'My order came broken. Can you call me?';
  backend.simulator.writeMessage({ customer: camila, text });
  await app.window.getByText(text).first().waitFor();
  await watchMoments(app, text);
  const painted: number[] = [];
  const written: number[] = [];
  const sounded: number[] = [];
  // The first ring also loads what every later one finds.
  for (let ring = 0; ring <= rings; ring++) {
    const took = await ringOnce(backend, app);
    if (ring === 0) continue;
    painted.push(took.painted);
    written.push(took.written);
    sounded.push(took.sounded);
  }
  await app.close();
  return {
    ...latency(painted),
    message: latency(written),
    sound: latency(sounded),
    rings,
  };
}

/**
 * One call that rings and is given up. `watchMoments` first.
 *
 * @returns from the webhook's first byte until the ring was painted, until the message that is watched for was, and
 * until its first sample was played, in ms
 */
export async function ringOnce(
  backend: Backend,
  app: ConsoleApp,
): Promise<{ painted: number; written: number; sounded: number }> {
  const callId = await startCall(backend);
  const moments = await until(
    app,
    ({ painted, written, sounded }) => !!painted && !!written && sounded !== undefined,
  );
  const sentAt = backend.simulator.report(callId)?.webhooks[0]?.attempts[0]?.at ?? NaN;
  backend.simulator.hangUp(callId);
  await gone(app, 'Accept');
  await forgetMoments(app);
  return {
    painted: (moments.painted ?? NaN) - sentAt,
    written: (moments.written ?? NaN) - sentAt,
    sounded: (moments.sounded ?? NaN) - sentAt,
  };
}

/** Takes calls one after the other. */
async function measureFirstSound(
  backend: Backend,
  open: () => Promise<ConsoleApp>,
  calls: number,
): Promise<SoundLatency> {
  const app = await open();
  await connected(app);
  await watchMoments(app);
  const waits: number[] = [];
  for (let call = 0; call <= calls; call++) {
    const callId = await startCall(backend);
    await pressAccept(app);
    const heardAt = await backend.simulator.waitFor(
      () => backend.simulator.report(callId)?.media.firstSoundAt ?? undefined,
      { what: 'the first sound at the customer', timeoutMs: LIMIT_MS },
    );
    const { pressed } = await momentsOf(app);
    if (call > 0) waits.push(heardAt - (pressed ?? NaN));
    backend.simulator.hangUp(callId);
    await gone(app, 'Hang up');
    await forgetMoments(app);
  }
  await app.close();
  return { p50: at(waits, 0.5), p95: at(waits, 0.95), calls };
}

/** Every kind of call: through the relay or not, and with WhatsApp's media set up during the ring or not. */
export async function measureFirstSounds(desk: Desk, calls: number) {
  const measure = async (path: 'direct' | 'relayed') => {
    const { backend, open } = await desk.workspace({ path });
    const prepared = await measureFirstSound(backend, open, calls);
    backend.simulator.setFaults({ api: { fail: { pre_accept: { code: 131000 } } } });
    return { ...prepared, withoutPreAccept: await measureFirstSound(backend, open, calls) };
  };
  return { direct: await measure('direct'), relayed: await measure('relayed') };
}

const startCall = async ({ simulator }: Backend) =>
  (await simulator.startCall({ customer: camila, kind: 'tone', hz: 440 })).callId;

async function until(app: ConsoleApp, isComplete: (moments: Moments) => boolean): Promise<Moments> {
  for (const limit = performance.now() + LIMIT_MS; performance.now() < limit;) {
    const moments = await momentsOf(app);
    if (isComplete(moments)) return moments;
    await app.window.waitForTimeout(50);
  }
  throw new Error('it did not ring');
}

/** Until it counts. The last press is the one that the page's clock keeps. */
async function pressAccept({ window }: ConsoleApp): Promise<void> {
  const accept = window.getByRole('button', { name: 'Accept', exact: true });
  const hangUp = window.getByRole('button', { name: 'Hang up', exact: true });
  for (let answered = false; !answered;) {
    await accept.click({ timeout: LIMIT_MS });
    answered = await hangUp.waitFor({ timeout: AGAIN_MS }).then(
      () => true,
      () => false,
    );
  }
}

const gone = ({ window }: ConsoleApp, name: string) =>
  window.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });

export const latency = (values: readonly number[]): Latency => ({
  p50: at(values, 0.5),
  p99: at(values, 0.99),
});

function at(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN);
}
