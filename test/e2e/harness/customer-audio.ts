import type { Backend } from './backend.ts';
import { type TestAgent, testAgents } from './agents.ts';

/** Pitches closer than this count as the same one. */
const SAME_HZ = 30;
/** Tolerance for a lone tone without processing in the browser. */
const EXACT_HZ = 10;
const SILENCE_DBFS = -60;
/** Hold music and transfers take time on a busy machine. */
const HEARD_WITHIN_MS = 30_000;

/** The agent who sends this pitch. */
export const agentAt = (hz: number): TestAgent | undefined =>
  testAgents.find((agent) => Math.abs(agent.hz - hz) < SAME_HZ);

/** Waits until the customer's last second of sound is this agent's tone. */
export async function customerHears(
  { simulator }: Backend,
  callId: string,
  agent: TestAgent,
): Promise<void> {
  await simulator.waitFor(
    () => {
      const hz = simulator.report(callId)?.media.toneHz ?? 0;
      return Math.abs(hz - agent.hz) < SAME_HZ;
    },
    { what: `${agent.name}'s tone at the customer`, timeoutMs: HEARD_WITHIN_MS },
  );
}

/** Waits until the customer hears a sound that is no agent's tone: hold music. */
export async function customerHearsHold({ simulator }: Backend, callId: string): Promise<void> {
  await simulator.waitFor(
    () => {
      const hz = simulator.report(callId)?.media.toneHz;
      return hz !== null && hz !== undefined && agentAt(hz) === undefined;
    },
    { what: 'hold music at the customer', timeoutMs: HEARD_WITHIN_MS },
  );
}

/** Waits until the customer hears exactly this pitch. Resolves with when it began, Unix ms, if the path knows. */
export async function customerHearsTone(
  { simulator }: Backend,
  callId: string,
  hz: number,
): Promise<number | undefined> {
  const { since } = await simulator.waitFor(
    () => {
      const media = simulator.report(callId)?.media;
      const isHeard = typeof media?.toneHz === 'number' && Math.abs(media.toneHz - hz) < EXACT_HZ;
      return isHeard && { since: media.toneSince ?? undefined };
    },
    { what: `${hz} Hz at the customer` },
  );
  return since;
}

export async function customerHearsSilence({ simulator }: Backend, callId: string): Promise<void> {
  await simulator.waitFor(
    () => (simulator.report(callId)?.media.levelDbfs ?? -100) < SILENCE_DBFS,
    { what: 'silence at the customer' },
  );
}

/** The longest time since `since` in which the customer heard nothing at all, in ms. */
export function longestPause({ simulator }: Backend, callId: string, since: number): number {
  const pauses = simulator.report(callId)?.media.pauses ?? [];
  const lengths = pauses.filter(({ until }) => until >= since).map(({ ms }) => ms);
  return Math.max(0, ...lengths);
}
