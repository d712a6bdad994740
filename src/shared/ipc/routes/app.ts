import { z } from 'zod';
import type { WindowReport } from '../../diagnostics/report.ts';
import { updateChannels } from '../updates.ts';
import { empty } from './fields.ts';

const deviceLabel = z.string().max(500);

const windowReport = z
  .object({
    microphonePermission: z.string().max(20),
    devices: z
      .array(z.object({ kind: z.enum(['audioinput', 'audiooutput']), label: deviceLabel }).strict())
      .max(200)
      .readonly(),
    inUse: z
      .object({ microphone: deviceLabel, speaker: deviceLabel, ringer: deviceLabel })
      .strict(),
    headset: z
      .object({ name: deviceLabel, controls: z.array(z.string().max(40)).max(40).readonly() })
      .strict()
      .optional(),
    network: z
      .object({
        stun: z.enum(['answered', 'silent', 'none']),
        turn: z.enum(['answered', 'silent', 'none']),
        turnByUdp: z.enum(['answered', 'silent', 'none']).optional(),
        rttMs: z.number().nonnegative().optional(),
        lossPercent: z.number().min(0).max(100).optional(),
      })
      .strict()
      .optional(),
  })
  .strict() satisfies z.ZodType<WindowReport>;

const pixels = z.number().min(-100_000).max(100_000);

const area = z.object({ x: pixels, y: pixels, width: pixels, height: pixels }).strict();

export const appRoutes = {
  /** The window is ready for updates. `softphone`: this one carries the media. */
  'app.hello': z.object({ softphone: z.boolean() }).strict(),
  /** The agent can use the page. */
  'app.usable': z.object({}).strict(),
  'app.copy': z.object({ text: z.string().max(10_000) }).strict(),
  /** Collects what an admin needs to find a fault, without secrets, and returns it to be read. */
  'diagnostics.make': z.object({ window: windowReport }).strict(),
  /** Saves what was made last, where the agent chooses. */
  'diagnostics.save': empty,
  'notices.dismiss': z.object({ id: z.string().max(200) }).strict(),
  /** For its last sign of life, which a snapshot has only now and then. */
  'relay.connection': empty,
  /** Reconnects to the relay at once, regardless of earlier refusals. */
  'relay.try-now': empty,
  /** Opens the network's sign-in page in the browser. */
  'portal.open': empty,
  /** Credentials for a proxy that asks for them (Basic, RFC 7617: the name has no colon). */
  'proxy.sign-in': z
    .object({
      proxy: z.string().min(1).max(300),
      user: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^:\p{Cc}]+$/u),
      password: z
        .string()
        .max(500)
        .regex(/^\P{Cc}*$/u),
    })
    .strict(),
  /** Unsent text, by the window's own keys. */
  'drafts.all': empty,
  /** An empty text removes the draft. */
  'drafts.set': z
    .object({ key: z.string().min(1).max(700), text: z.string().max(20_000) })
    .strict(),
  /** The agent drags the ring window. */
  'ring.drag': z.object({ step: z.enum(['start', 'move', 'end']) }).strict(),
  /** Where the calls are in the window, in CSS pixels, so that nothing of ours lies over them. */
  'window.calls-area': z.object({ area }).strict(),
  /** Looks for an update now. */
  'updates.look': empty,
  /** When the update that is ready is installed. */
  'updates.plan': z.object({ plan: z.enum(['now', 'later', 'shift-end']) }).strict(),
  'updates.set-channel': z.object({ channel: z.enum(updateChannels) }).strict(),
  /** The agent has read what became of the last update. */
  'updates.dismiss': empty,
  'demo.customers': empty,
  'demo.call': z.object({ customerId: z.string().min(1).max(100) }).strict(),
} as const;
