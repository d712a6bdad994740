import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOST_MEDIA_PROCESSES, PORTS_PER_CALL, type MediaConfig } from '../config/media.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { MediaEngineOptions } from '../media/engine.ts';
import { shareOfRange } from '../media/udp-ports.ts';

/**
 * Number of media processes: as configured, or one per core less one, as far as there are enough
 * ports; at least one.
 */
export function mediaProcesses({ processes, portRange }: MediaConfig): number {
  if (processes !== undefined) return processes;
  const ports = portRange ? portRange[1] - portRange[0] + 1 : Infinity;
  const most = Math.min(MOST_MEDIA_PROCESSES, Math.floor(ports / PORTS_PER_CALL));
  return Math.max(1, Math.min(availableParallelism() - 1, most));
}

/**
 * The engine's options from the config.
 *
 * @param index of its process, from 0; omitted for the only one
 */
export function engineOptions(
  { media: config }: Pick<RelayConfig, 'media'>,
  index?: number,
): MediaEngineOptions {
  const { bind, announce, portRange, holdFile } = config;
  const speechFolder = ownSpeech();
  const ports =
    portRange &&
    shareOfRange(portRange, index ?? 0, index === undefined ? 1 : mediaProcesses(config));
  return {
    network: { bind, announce, ...(ports && { ports }) },
    holdFile: holdFile ?? path.join(speechFolder, 'hold.opus20'),
    speechFolder,
  };
}

/** The relay's own hold music and announcements are beside the sources and beside every bundle made of them. */
function ownSpeech(): string {
  const name = path.join('resources', 'speech');
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = path.join(folder, name);
    if (existsSync(path.join(found, 'hold.opus20'))) return found;
    const parent = path.dirname(folder);
    if (parent === folder) {
      throw new Error('The hold music is missing. Name a file under media.holdFile in the config.');
    }
    folder = parent;
  }
}
