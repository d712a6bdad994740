import { z } from 'zod';
import { parseIceUrl } from '../media/ice-servers.ts';
import { filled, seconds } from './fields.ts';

/** More are never useful. */
export const MOST_MEDIA_PROCESSES = 64;
/** The customer's and an agent's. */
export const PORTS_PER_CALL = 2;

const port = z
  .number({ error: 'must be a port number' })
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be 1 to 65535' })
  .max(65_535, { error: 'must be 1 to 65535' });

const urls = (kind: 'stun' | 'turn') => {
  const error = `must be a list of ${kind}: URLs, e.g. ["${kind}:${kind}.example.com:3478"]`;
  return z
    .array(
      z.string({ error }).refine((url) => parseIceUrl(url)?.kind === kind, { error }),
      { error },
    )
    .min(1, { error });
};

/** Where the media of relayed calls goes. */
export const media = z
  .strictObject({
    /** Local IPv4 address for media. */
    bind: z.ipv4({ error: 'must be an IPv4 address of this machine' }).default('127.0.0.1'),
    /** Addresses under which WhatsApp and the consoles reach `bind`; by default `bind` itself. */
    announce: z.array(z.ipv4({ error: 'must be an IPv4 address' })).default([]),
    /**
     * UDP ports, inclusive; by default any. A call needs one port for the customer and one per
     * agent.
     */
    portRange: z
      .tuple([port, port], { error: 'must be two port numbers, e.g. [40000, 40999]' })
      .refine(([first, last]) => first <= last, { error: 'must begin with the lower port' })
      .optional(),
    /** Number of media processes; by default one per core, less one. */
    processes: z
      .number({ error: 'must be a number' })
      .int({ error: 'must be a whole number' })
      .min(1, { error: 'must be 1 or more' })
      .max(MOST_MEDIA_PROCESSES, { error: `must be ${MOST_MEDIA_PROCESSES} or less` })
      .optional(),
    /** For the consoles. */
    stun: urls('stun').optional(),
    /** For the consoles: coturn with `use-auth-secret`. */
    turn: z
      .strictObject({
        urls: urls('turn'),
        secret: filled("It is static-auth-secret in coturn's config"),
        ttlSeconds: seconds(60, 604_800).default(86_400),
      })
      .optional(),
    /** Hold music in the `.opus20` format, relative to this file; by default the relay's own. */
    holdFile: filled('Leave it out for the music that comes with the relay').optional(),
  })
  .refine(({ bind, announce }) => bind !== '0.0.0.0' || announce.length > 0, {
    path: ['announce'],
    error: 'is missing. With bind "0.0.0.0" say under which addresses this machine is reached',
  })
  .refine(
    ({ processes = 1, portRange: [first, last] = [1, 65_535] }) =>
      last - first + 1 >= processes * PORTS_PER_CALL,
    { path: ['portRange'], error: 'is too small. Each of media.processes needs two ports or more' },
  );

/** Limits of reconnecting, requeueing, transfers, wrap-up and supervision. */
export const policy = z.strictObject({
  /** How long a disconnected agent may return to their call; then it is offered to the team. */
  rejoinGraceSeconds: seconds(0, 300).default(20),
  /** How long a requeued call is offered to the team; then it is ended. */
  waitingSeconds: seconds(5, 600).default(60),
  /** How long a transfer is offered to a teammate. */
  transferSeconds: seconds(5, 300).default(30),
  /** Hides from agents that a supervisor is listening. Forbidden in many countries. */
  hideSupervision: z.boolean({ error: 'must be true or false' }).default(false),
  /** How long an agent gets no new calls after one. */
  wrapUpSeconds: seconds(0, 3600).default(0),
});

export type MediaConfig = z.infer<typeof media>;
export type Policy = z.infer<typeof policy>;
