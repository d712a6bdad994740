import type { RelayConfig } from '../config.ts';
import { createLog, reasonOf } from '../log.ts';
import { createRelay } from '../relay.ts';

/** Serves until SIGTERM or SIGINT; a second one ends it at once. */
export async function serve(config: RelayConfig): Promise<void> {
  const log = createLog();
  const relay = await createRelay(config, { log });
  const stop = (signal: NodeJS.Signals) => {
    log.info('relay.signal', { signal });
    process.removeAllListeners('SIGTERM');
    process.removeAllListeners('SIGINT');
    relay.close().catch((error: unknown) => {
      log.error('relay.close-failed', { why: reasonOf(error) });
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
