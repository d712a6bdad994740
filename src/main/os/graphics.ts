import { z } from 'zod';
import type { JsonFile } from '../lib/json-file.ts';

/** How long it is remembered that there is no GPU, in ms. */
const ASK_AGAIN_MS = 7 * 24 * 60 * 60 * 1000;

export const graphicsSchema = z.object({
  version: z.literal(1),
  /** Version of the Electron that found no GPU. */
  electron: z.string(),
  /** Unix ms. */
  missingAt: z.number(),
});

export interface GraphicsPorts {
  file: Pick<JsonFile<z.infer<typeof graphicsSchema>>, 'read' | 'write'>;
  /** Version of Electron; another one may support the GPU. */
  electron: string;
  /** Unix ms. */
  now: () => number;
  /** Makes Chromium draw in software, without looking for a GPU. */
  disable: () => void;
  /** Whether Chromium found no GPU that it can use. */
  isMissing: () => boolean;
}

/**
 * Remembers that a machine, such as a virtual desktop, has no GPU that Chromium can use. Otherwise each start looks for
 * one: several GPU processes fail one after the other, and the page waits for the last.
 */
export class Graphics {
  readonly #ports: GraphicsPorts;
  #disabled = false;

  constructor(ports: GraphicsPorts) {
    this.#ports = ports;
  }

  /** Disables the GPU if none was found lately. Call it before Electron is ready. */
  recall(): void {
    const { file, electron, now, disable } = this.#ports;
    const found = file.read();
    if (found?.electron !== electron) return;
    const age = now() - found.missingAt;
    this.#disabled = age >= 0 && age < ASK_AGAIN_MS;
    if (this.#disabled) disable();
  }

  /** Stores that there is no GPU. Call it when the page was drawn. */
  remember(): void {
    const { file, electron, now, isMissing } = this.#ports;
    if (this.#disabled || !isMissing()) return;
    file.write({ version: 1, electron, missingAt: now() });
  }
}
