import { z } from 'zod';
import { secretText } from './fields.ts';

/**
 * The relay as a `wss:` destination of a provider's calls. The protocol is undocumented, so it is
 * configurable.
 */
export const stream = z
  .strictObject({
    secret: secretText('Choose one; it is part of the address that calls are forwarded to'),
    /**
     * `json`: frames with base64 audio, as in the media streaming of Zernio's carrier. `binary`:
     * bare audio.
     */
    format: z.enum(['json', 'binary'], { error: 'must be "json" or "binary"' }).default('json'),
    /** `L16`: PCM16, little-endian. `L16-BE`: in network byte order, as RFC 3551 has it. */
    codec: z
      .enum(['PCMU', 'PCMA', 'L16', 'L16-BE'], {
        error: 'must be "PCMU", "PCMA", "L16" or "L16-BE"',
      })
      .default('PCMU'),
    /** Hz; by default 8,000, or 16,000 for `L16`. */
    sampleRate: z
      .union([z.literal(8_000), z.literal(16_000), z.literal(24_000), z.literal(48_000)], {
        error: 'must be 8000, 16000, 24000 or 48000',
      })
      .optional(),
  })
  .transform((fields, context) => {
    const { codec } = fields;
    const wide = codec === 'L16' || codec === 'L16-BE';
    const { sampleRate = wide ? 16_000 : 8_000 } = fields;
    if (!wide && sampleRate !== 8_000) {
      const message = `must be 8000: ${codec} has no other`;
      context.addIssue({ code: 'custom', path: ['sampleRate'], message });
    }
    return { ...fields, sampleRate };
  });
