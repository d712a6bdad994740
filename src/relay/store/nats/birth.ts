import { JetStreamApiError } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { JetStream } from './jetstream.ts';

const KEY = 'birth';
/** JetStream: somebody else was faster. */
const WRONG_LAST_SEQUENCE = 10_071;

/** What is chosen once, when a store's log begins. */
const birth = z.object({
  epoch: z.string(),
  /** The cursor before the first one. */
  cursorBase: z.number(),
  /** When the stream of the log was made: another one is another log. */
  log: z.string(),
});
export type Birth = z.infer<typeof birth>;

const newEpoch = () => randomBytes(16).toString('hex');

/** Reads how the log began; the first node that asks decides it. */
export async function readBirth({ manager, meta, names }: JetStream): Promise<Birth> {
  const { created } = await manager.streams.info(names.log);
  for (;;) {
    const entry = await meta.get(KEY);
    const known = entry ? birth.safeParse(entry.json()).data : undefined;
    if (known?.log === created) return known;
    const begun: Birth = { epoch: newEpoch(), cursorBase: 0, log: created };
    const text = JSON.stringify(begun);
    try {
      if (entry) await meta.update(KEY, text, entry.revision);
      else await meta.create(KEY, text);
      return begun;
    } catch (error) {
      if (!(error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE)) throw error;
    }
  }
}

/** Gives the log another name, or what is given. */
export async function changeBirth(
  jetStream: JetStream,
  change: Partial<Pick<Birth, 'epoch' | 'cursorBase'>> = { epoch: newEpoch() },
): Promise<Birth> {
  const changed = { ...(await readBirth(jetStream)), ...change };
  await jetStream.meta.put(KEY, JSON.stringify(changed));
  return changed;
}
