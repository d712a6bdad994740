import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaConfig } from '../config/media.ts';
import type { MediaEngineOptions } from '../media/engine.ts';

/** What the engine needs to know of the config. */
export function engineOptions({
  bind,
  announce,
  portRange,
  holdFile,
}: MediaConfig): MediaEngineOptions {
  return {
    network: { bind, announce, ...(portRange && { ports: portRange }) },
    holdFile: holdFile ?? ownHoldFile(),
  };
}

/** The music that comes with the relay lies beside the sources and beside every bundle made of them. */
function ownHoldFile(): string {
  const file = path.join('resources', 'speech', 'hold.opus20');
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = path.join(folder, file);
    if (existsSync(found)) return found;
    const parent = path.dirname(folder);
    if (parent === folder) {
      throw new Error('The hold music is missing. Name a file under media.holdFile in the config.');
    }
    folder = parent;
  }
}
