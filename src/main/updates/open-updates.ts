import { app } from 'electron';
import type { Clock } from '../../shared/lib/clock.ts';
import { JsonFile } from '../lib/json-file.ts';
import type { Log } from '../log.ts';
import type { Transport } from '../network/transport.ts';
import { choicesSchema, UpdateChoices } from './choices.ts';
import { installKind } from './install-kind.ts';
import { packedUpdates } from './packed.ts';
import { TrialFolder } from './trial.ts';
import { type UpdatePolicy, Updates, type UpdateSource } from './updates.ts';

interface OpenUpdatesPorts {
  userData: string;
  /** Writes a sound copy of the database that is in use. */
  copyDatabase: (from: string, to: string) => Promise<unknown>;
  transport: Pick<Transport, 'fetch'>;
  policy: UpdatePolicy & { server?: string | undefined };
  clock: Clock;
  log: Log;
  changed: () => void;
}

/** Updates as this copy can be updated. */
export function openUpdates(ports: OpenUpdatesPorts): Updates {
  const { userData, clock, log, changed } = ports;
  const trial = new TrialFolder(userData);
  const choices = new UpdateChoices(new JsonFile(trial.choicesFile, choicesSchema));
  return new Updates({
    source: sourceFor(ports, trial),
    policy: ports.policy,
    choices,
    confirm: () => trial.confirm(app.getVersion()),
    clock,
    log,
    changed,
  });
}

function sourceFor(
  ports: OpenUpdatesPorts,
  trial: TrialFolder,
): ConstructorParameters<typeof Updates>[0]['source'] {
  if (!app.isPackaged) return { why: 'not-installed' };
  const { platform, execPath, resourcesPath, env } = process;
  const installed = installKind({ platform, program: execPath, resources: resourcesPath, env });
  if ('why' in installed) return installed;
  const packed = packedUpdates(app.getAppPath());
  if (!packed) return { why: 'no-server' };
  const { transport, policy, copyDatabase, log } = ports;
  const options = {
    kind: installed.kind,
    url: policy.server ?? packed.url,
    key: packed.key,
    fetch: (url: string) => transport.fetch(url),
    trial,
    copyDatabase,
    log,
  };
  return lazily(async () => (await import('./electron-source.ts')).electronSource(options));
}

/** The updater is large, and a start needs none of it. */
function lazily(load: () => Promise<UpdateSource>): UpdateSource {
  let loaded: Promise<UpdateSource> | undefined;
  const source = () => (loaded ??= load());
  return {
    check: async (channel) => (await source()).check(channel),
    download: async (onProgress) => (await source()).download(onProgress),
    install: async () => (await source()).install(),
    leave: (restart) => void source().then((one) => one.leave(restart)),
  };
}
