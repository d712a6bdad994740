import { JetStreamApiError } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { JetStream } from './jetstream.ts';

const KEY = 'birth';
/** JetStream: another node was faster. */
const WRONG_LAST_SEQUENCE = 10_071;

/** Values that are chosen once, when a store's log begins. */
const birth = z.object({
  epoch: z.string(),
  /** The cursor before the first one. */
  cursorBase: z.number(),
  /** The description of the log's stream; a different one means a different log. */
  log: z.string(),
  /** Another store is being copied here, or the copy ended halfway. */
  isHalfCopied: z.boolean().optional(),
});
export type Birth = z.infer<typeof birth>;

const newEpoch = () => randomBytes(16).toString('hex');

/** Reads how the log began; the first node to ask chooses the values. */
export async function readBirth({ manager, meta, names }: JetStream): Promise<Birth> {
  const { config, created } = await manager.streams.info(names.log);
  // A stream that an operator has made may have no description.
  const log = config.description || created;
  for (;;) {
    const entry = await meta.get(KEY);
    const known = entry ? birth.safeParse(entry.json()).data : undefined;
    if (known?.log === log) return known;
    const begun: Birth = { epoch: newEpoch(), cursorBase: 0, log };
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

/** @throws Error that tells a person what to do if only a part of another store is here */
export async function checkWhole(jetStream: JetStream): Promise<void> {
  if (!(await readBirth(jetStream)).isHalfCopied) return;
  throw new Error(
    'A copy into this store ended halfway. Delete its streams and its bucket, or name another prefix, and copy again.',
  );
}

/** Renews the log's epoch, or changes the given values. */
export async function changeBirth(
  jetStream: JetStream,
  change: Partial<Omit<Birth, 'log'>> = { epoch: newEpoch() },
): Promise<Birth> {
  const changed = { ...(await readBirth(jetStream)), ...change };
  await jetStream.meta.put(KEY, JSON.stringify(changed));
  return changed;
}
