import path from 'node:path';
import type { RelayConfig } from '../config/schema.ts';
import { exposedFiles } from '../config/exposed.ts';
import { openHostProcesses } from '../media-process/process.ts';
import { createLog, reasonOf } from '../log.ts';
import { createRelay } from '../app.ts';

/**
 * Serves until SIGTERM or SIGINT, and then until its calls are over; a second signal ends it at once. Media of relayed calls runs in processes of its own.
 */
export async function serve(config: RelayConfig, configFile: string): Promise<void> {
  const log = createLog();
  const [script] = process.argv.slice(1);
  if (script === undefined) throw new Error('The relay does not know how it was started.');
  const file = path.resolve(configFile);
  // If the log cannot be written (broken pipe, full disk), calls continue.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.on('unhandledRejection', (error) => {
    log.error('relay.unhandled', { why: reasonOf(error) });
  });
  const relay = await createRelay(config, {
    log,
    media: (config, listener) =>
      openHostProcesses(config, {
        listener,
        log,
        command: (index) => [
          process.execPath,
          ...process.execArgv,
          script,
          'media-host',
          '--config',
          file,
          '--process',
          String(index),
        ],
      }),
  });
  for (const exposed of exposedFiles(file, config.dataDir)) log.warn('files.exposed', exposed);
  const stop = (signal: NodeJS.Signals) => {
    log.info('relay.signal', { signal });
    process.removeAllListeners('SIGTERM');
    process.removeAllListeners('SIGINT');
    const stopped = relay.drain().then(() => relay.close());
    stopped.catch((error: unknown) => {
      log.error('relay.close-failed', { why: reasonOf(error) });
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
