import { z } from 'zod';
import { repairActions } from '../../checks/check.ts';
import type { DeviceFacts, NetworkFacts } from '../../checks/facts.ts';
import type { EchoReport } from '../../devices/echo.ts';
import { accountId, empty } from './fields.ts';

const label = z.string().max(500);

const deviceFacts = z
  .object({
    microphone: z.enum(['ready', 'none', 'denied']),
    speaker: z.enum(['ready', 'none']),
    microphoneLabel: label,
    speakerLabel: label,
  })
  .strict() satisfies z.ZodType<DeviceFacts>;

const answers = z.enum(['answered', 'silent', 'none']);

const networkFacts = z
  .object({
    stun: answers,
    turn: answers,
    turnByUdp: answers,
    host: z.string().max(300),
  })
  .strict() satisfies z.ZodType<Omit<NetworkFacts, 'at'>>;

const level = z.number().min(0).max(1);

const echoReport = z.discriminatedUnion('end', [
  z
    .object({
      end: z.literal('heard'),
      spoken: level,
      heard: level,
      rttMs: z.number().nonnegative().optional(),
      lossPercent: z.number().min(0).max(100),
      by: z.enum(['udp', 'tcp']),
    })
    .strict(),
  z
    .object({ end: z.enum(['blocked', 'no-media', 'busy', 'unanswered', 'no-microphone']) })
    .strict(),
]) satisfies z.ZodType<EchoReport>;

export const readyRoutes = {
  /** What must be right for our numbers to ring, to be heard and to call. */
  'ready.get': empty,
  /** Asks everybody anew. */
  'ready.check': empty,
  /** Puts something right, where main can. */
  'ready.repair': z.object({ accountId, action: z.enum(repairActions) }).strict(),
  /** Whether this window could play a ring: the answer to `ring-probe`. */
  'ready.ringer': z.object({ question: z.number().int(), plays: z.boolean() }).strict(),
  /** What this window uses to speak, to listen and to ring. */
  'ready.devices': deviceFacts,
  /** The servers by which this window's media reaches the relay. */
  'ready.media-servers': empty,
  /** What this window's test of the network showed. */
  'ready.network': networkFacts,
  /** Calls the relay, to be sent back what this window says. */
  'ready.echo': z.object({ sdp: z.string().min(1).max(60_000) }).strict(),
  /** What that call showed. */
  'ready.echo-heard': z.object({ report: echoReport }).strict(),
} as const;
