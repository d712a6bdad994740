import { z } from 'zod';
import type { JsonFile } from '../lib/json-file.ts';

/** Then a machine without graphics is asked again, in ms. */
const ASK_AGAIN_MS = 7 * 24 * 60 * 60 * 1000;

export const graphicsSchema = z.object({
  version: z.literal(1),
  /** The Electron that found none, and when, Unix ms. */
  electron: z.string(),
  missingAt: z.number(),
});

export interface GraphicsPorts {
  file: Pick<JsonFile<z.infer<typeof graphicsSchema>>, 'read' | 'write'>;
  /** Its version. */
  electron: string;
  /** Unix ms. */
  now: () => number;
  /** Lets Chromium draw without graphics, and not look for them. */
  disable: () => void;
  /** Whether Chromium found none that it can use. */
  isMissing: () => boolean;
}

/**
 * Remembers that a machine has no graphics that Chromium can use, such as a virtual desktop. Else each start looks for
 * them, with one process after the other that gives up, and the page waits for the last.
 */
export class Graphics {
  readonly #ports: GraphicsPorts;
  #disabled = false;

  constructor(ports: GraphicsPorts) {
    this.#ports = ports;
  }

  /** Call it before Electron is ready. */
  recall(): void {
    const { file, electron, now, disable } = this.#ports;
    const found = file.read();
    if (found?.electron !== electron) return;
    const age = now() - found.missingAt;
    this.#disabled = age >= 0 && age < ASK_AGAIN_MS;
    if (this.#disabled) disable();
  }

  /** Call it when the page was drawn. */
  remember(): void {
    const { file, electron, now, isMissing } = this.#ports;
    if (this.#disabled || !isMissing()) return;
    file.write({ version: 1, electron, missingAt: now() });
  }
}
