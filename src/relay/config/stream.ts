import { z } from 'zod';
import { secretText } from './fields.ts';

/**
 * The relay as a `wss:` destination of a provider's calls. What is spoken on it is documented nowhere, so it can be set.
 */
export const stream = z
  .strictObject({
    secret: secretText('Choose one; it is part of the address that calls are forwarded to'),
    /** `json`: frames with base64 sound, as the carrier under Zernio speaks. `binary`: the bare sound. */
    format: z.enum(['json', 'binary'], { error: 'must be "json" or "binary"' }).default('json'),
    /** `L16`: PCM16, little-endian. `L16-BE`: in network byte order, as RFC 3551 has it. */
    codec: z
      .enum(['PCMU', 'PCMA', 'L16', 'L16-BE'], {
        error: 'must be "PCMU", "PCMA", "L16" or "L16-BE"',
      })
      .default('PCMU'),
    /** Hz; left out: 8,000, or 16,000 with `L16`. */
    sampleRate: z
      .union([z.literal(8_000), z.literal(16_000), z.literal(24_000), z.literal(48_000)], {
        error: 'must be 8000, 16000, 24000 or 48000',
      })
      .optional(),
  })
  .transform((told, context) => {
    const { codec } = told;
    const wide = codec === 'L16' || codec === 'L16-BE';
    const { sampleRate = wide ? 16_000 : 8_000 } = told;
    if (!wide && sampleRate !== 8_000) {
      const message = `must be 8000: ${codec} has no other`;
      context.addIssue({ code: 'custom', path: ['sampleRate'], message });
    }
    return { ...told, sampleRate };
  });
