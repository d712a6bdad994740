import { blames } from '../protocol/insight-question.ts';
import { csvSeparators, exportColumns, exportFormats, exportPeriods } from './export.ts';
import { z } from 'zod';
import type { WindowReport } from '../diagnostics/report.ts';
import { languageTags } from '../i18n/languages.ts';
import { outcomes } from '../call/record.ts';
import { repairActions } from '../checks/check.ts';
import type { DeviceFacts, NetworkFacts } from '../checks/facts.ts';
import type { EchoReport } from '../devices/echo.ts';
import { agentChange, MOST_AGENTS, newAgent } from '../protocol/agent-admin.ts';
import { LONGEST_NOTE, LONGEST_TEAM_MESSAGE } from '../protocol/limits.ts';
import { linkSchemes } from '../links/dial-link.ts';
import { updateChannels } from './updates.ts';
import { LONGEST_ADDRESS, screenPopProblem } from '../links/screen-pop.ts';
import { insightPart, insightRange, insightSlice } from '../protocol/insight.ts';
import { todoAction } from '../protocol/todo.ts';
import { chosenOutcome, chosenTags, wrapUpForm } from '../protocol/wrap-up.ts';
import {
  LONGEST_VOICEMAIL_WAIT,
  type SettingsChange,
  voicemailTriggers,
} from '../providers/number-settings.ts';
import type { PermissionRequest, TemplateUse } from '../providers/requests.ts';
import { recordingPolicySchema } from '../recording/policy.ts';
import { providerIds } from '../rules/data/providers.ts';
import { isTimeZone } from '../rules/zoned-time.ts';
import { MOST_NUMBERS, type SetUp } from '../set-up/set-up.ts';
import type { PersonEdit } from './people.ts';
import { LONGEST_SEARCH, type HistoryFilter, type Quality, type Settings } from './model.ts';
import type { Responses } from './responses.ts';

/**
 * The contract between windows and main: a schema for each request, and the type of its answer.
 * Main parses every request, because a window is not trusted; handlers are exhaustive by type.
 */
const callId = z.string().min(1).max(600);
const recordingId = z.string().min(1).max(600);
/** Of a recording, and what its peaks take at most: two voices, ten a second. */
const LONGEST_SECONDS = 12 * 3600;
const MOST_PEAK_BYTES = 1 + 2 * 10 * LONGEST_SECONDS;
const empty = z.object({}).strict();
const digits = z.string().regex(/^\d{3,20}$/);
const time = z.number().int().nonnegative();
/** A picture of 4,000 by 2,000 pixels is far below. */
const LONGEST_PICTURE = 20_000_000;

const historyFilter = z
  .object({
    direction: z.enum(['inbound', 'outbound']).optional(),
    outcome: z.enum(outcomes).optional(),
    voicemail: z.literal(true).optional(),
    recording: z.literal(true).optional(),
    accountId: z.string().max(200).optional(),
    text: z.string().max(LONGEST_SEARCH).optional(),
    from: time.optional(),
    to: time.optional(),
    insight: insightSlice.optional(),
  })
  .strict() satisfies z.ZodType<HistoryFilter>;

const quality = z
  .object({
    packetsReceived: z.number().nonnegative(),
    packetsLost: z.number().nonnegative(),
    packetsSent: z.number().nonnegative(),
    jitterMs: z.number().nonnegative().optional(),
    rttMs: z.number().nonnegative().optional(),
    mos: z.number().min(1).max(5).optional(),
    firstAudioMs: z.number().nonnegative().optional(),
    route: z.string().max(20).optional(),
    blame: z.enum(blames).optional(),
  })
  .strict() satisfies z.ZodType<Quality>;

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

const deviceOrder = z
  .array(
    z
      .object({ id: z.string().max(500), label: z.string().max(500), group: z.string().max(500) })
      .strict(),
  )
  .max(20)
  .readonly();

/** Of a table; a column that only another version has is left out, and none that is left means all. */
const presetColumns = z
  .array(z.string().max(60))
  .readonly()
  .transform((names) => {
    const known = exportColumns.filter((column) => names.includes(column));
    return known.length > 0 ? known : undefined;
  })
  .optional();

const exportPreset = z
  .object({
    name: z.string().min(1).max(60),
    format: z.enum(exportFormats),
    separator: z.enum(csvSeparators).optional(),
    columns: presetColumns,
    manifest: z.boolean(),
    filter: historyFilter,
    every: z.enum(exportPeriods).optional(),
    folder: z.string().max(4_096).optional(),
  })
  .strict();

const settings = z
  .object({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', ...languageTags]),
    microphones: deviceOrder,
    speakers: deviceOrder,
    ringers: deviceOrder,
    ringerVolume: z.number().min(0).max(1),
    defaultCountry: z.string().regex(/^[A-Z]{2}$/),
    acceptShortcut: z.string().max(60),
    declineShortcut: z.string().max(60),
    muteShortcut: z.string().max(60),
    selectionShortcut: z.string().max(60),
    ringdeskLinks: z.boolean(),
    screenPop: z
      .object({
        address: z
          .string()
          .max(LONGEST_ADDRESS)
          .refine((address) => address === '' || screenPopProblem(address) === undefined),
        name: z.string().trim().max(40),
        onAccept: z.boolean(),
      })
      .strict()
      .readonly(),
    localApi: z.boolean(),
    localApiPort: z.number().int().min(1_024).max(65_535),
    showRingWindow: z.boolean(),
    showNotification: z.boolean(),
    announceMessages: z.boolean(),
    trayHint: z.boolean(),
    savedViews: z
      .array(z.object({ name: z.string().min(1).max(60), filter: historyFilter }).strict())
      .max(20)
      .readonly(),
    exportPresets: z.array(exportPreset).max(20).readonly(),
    insightZone: z
      .string()
      .max(100)
      .refine((zone) => zone === '' || isTimeZone(zone)),
  })
  .strict() satisfies z.ZodType<Settings>;

const pixels = z.number().min(-100_000).max(100_000);
const area = z.object({ x: pixels, y: pixels, width: pixels, height: pixels }).strict();

/** What the softphone reports about a call. */
const mediaReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer-ready'), sdp: z.string().min(1).max(60_000) }),
  z.object({ kind: z.literal('offer-ready'), sdp: z.string().min(1).max(60_000) }),
  z.object({ kind: z.literal('connected') }),
  z.object({ kind: z.literal('audio') }),
  z.object({ kind: z.literal('failed'), why: z.string().max(500) }),
]);

/** What the softphone reports of a call's recording. */
const recorderReport = z.discriminatedUnion('kind', [
  /** The announcement was sent whole. Unix ms. */
  z.object({ kind: z.literal('announced'), from: time, to: time }),
  z.object({ kind: z.literal('not-announced') }),
  /** Nothing more comes; with `why` because the sound cannot be recorded. */
  z.object({
    kind: z.literal('done'),
    recordingId: z.string().max(100),
    why: z.enum(['codec', 'no-recorder']).optional(),
  }),
]);
export type RecorderReport = z.infer<typeof recorderReport>;

/** Half a second of both sides is some 4 kB; a window that was busy sends more at once. */
const MAX_RECORDED_BYTES = 2_000_000;
const DAY_MS = 86_400_000;
const recordedChunk = z
  .object({
    callId,
    recordingId: z.string().min(1).max(100),
    track: z.number().int().min(0).max(1),
    atMs: z.number().nonnegative().max(DAY_MS),
    bytes: z
      .instanceof(Uint8Array)
      .refine(({ length }) => length > 0 && length <= MAX_RECORDED_BYTES),
  })
  .strict();
export type RecordedChunk = z.infer<typeof recordedChunk>;

/** Chosen by the window that requests the export. */
const exportId = z.string().min(1).max(100);
const accountId = z.string().min(1).max(200);
const agentId = z.string().min(1).max(300);

/** A person: by number, or by business-scoped user id. */
const recipient = z
  .object({ waId: digits.optional(), userId: z.string().min(1).max(200).optional() })
  .strict()
  .refine(({ waId, userId }) => waId !== undefined || userId !== undefined, {
    error: 'needs a number or a user id',
  });

/** See `personKey` of `shared/lib`. */
const personKey = z.string().min(1).max(300);

const personEdit = z
  .object({
    name: z.string().max(200).optional(),
    company: z.string().max(200).optional(),
    notes: z.string().max(LONGEST_NOTE).optional(),
    language: z
      .string()
      .max(35)
      .regex(/^(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?$/)
      .optional(),
    doNotCall: z
      .object({ on: z.boolean(), reason: z.string().max(300).optional() })
      .strict()
      .optional(),
  })
  .strict() satisfies z.ZodType<PersonEdit>;

const template = z
  .object({
    name: z.string().min(1).max(512),
    language: z.string().min(2).max(20),
    values: z.array(z.string().max(1024)).max(50).readonly(),
  })
  .strict() satisfies z.ZodType<TemplateUse>;

const permissionRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free-form'), text: z.string().max(1024) }).strict(),
  z.object({ kind: z.literal('template'), template }).strict(),
]) satisfies z.ZodType<PermissionRequest>;

const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const hhmm = z.string().regex(/^([01]\d|2[0-4])[0-5]\d$/);
const day = z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);

const settingsChange = z
  .object({
    calling: z.boolean().optional(),
    iconVisible: z.boolean().optional(),
    iconCountries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .max(250)
      .readonly()
      .optional(),
    hours: z
      .object({
        zone: z.string().min(1).max(60),
        weekly: z
          .array(z.object({ day, open: hhmm, close: hhmm }).strict())
          .max(100)
          .readonly(),
        holidays: z
          .array(z.object({ date: z.iso.date(), open: hhmm, close: hhmm }).strict())
          .max(100)
          .readonly(),
        holidaysMean: z.enum(['open', 'closed']),
      })
      .strict()
      .nullable()
      .optional(),
    callback: z.boolean().optional(),
    voicemail: z
      .object({
        on: z.boolean(),
        triggers: z.array(z.enum(voicemailTriggers)).max(voicemailTriggers.length).readonly(),
        waitSeconds: z.number().int().min(0).max(LONGEST_VOICEMAIL_WAIT).optional(),
        announcement: z.string().min(1).max(200).optional(),
      })
      .strict()
      .optional(),
    forwarding: z
      .object({
        to: z.string().max(500).optional(),
        recording: z.boolean().optional(),
        sipUsername: z.string().max(200).optional(),
        sipPassword: z.string().max(200).optional(),
        maxCallSeconds: z.number().int().positive().max(86_400).nullable().optional(),
        callerId: z.enum(['business', 'caller']).optional(),
      })
      .strict()
      .optional(),
  })
  .strict() satisfies z.ZodType<SettingsChange>;

const line = z.string().max(4_000);
const setUpNumber = z
  .object({
    relayed: z.boolean(),
    provider: z.enum(providerIds),
    label: line,
    number: line,
    phoneNumberId: line,
    wabaId: line,
    appSecret: line,
    accessToken: line,
    apiKey: line,
    zernioAccountId: line,
    apiBase: line,
  })
  .strict();
const setUp = z
  .object({
    relay: line,
    mediaAddress: line,
    numbers: z.array(setUpNumber).min(1).max(MOST_NUMBERS).readonly(),
    admin: line,
    agents: z.string().max(20_000),
  })
  .strict() satisfies z.ZodType<SetUp>;

/** A minute of Opus at a higher rate than ours. */
const MAX_ANNOUNCEMENT_BYTES = 900_000;
const announcement = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= MAX_ANNOUNCEMENT_BYTES);

/** A tenth of a second at 48 kHz. */
const MAX_PCM_BYTES = 9_600;
/** A frame of the agent's audio. */
const pcmFrame = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= MAX_PCM_BYTES && length % 2 === 0, {
    error: `must be PCM16 of at most ${MAX_PCM_BYTES} bytes`,
  });

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

export const requests = {
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
  /** `minutes`: after which it expires. */
  'presence.set': z
    .object({
      presence: z.enum(['available', 'wrap-up', 'dnd', 'away']),
      minutes: z.number().int().min(1).max(720).optional(),
    })
    .strict(),
  /** Prolongs the wrap-up after a call. */
  'presence.extend-wrap-up': z.object({ seconds: z.number().int().min(1).max(3_600) }).strict(),

  /** For its last sign of life, which a snapshot has only now and then. */
  'relay.connection': empty,
  /** Reconnects to the relay at once, regardless of earlier refusals. */
  'relay.try-now': empty,
  /** Credentials for a proxy that asks for them (Basic, RFC 7617: the name has no colon). */
  /** Opens the network's sign-in page in the browser. */
  'portal.open': empty,
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

  'calls.accept': z.object({ callId }).strict(),
  'calls.decline': z.object({ callId }).strict(),
  /** Possible until the decline is sent. */
  'calls.undo-decline': z.object({ callId }).strict(),
  /** Silences a ring here; it rings on for others. */
  'calls.silence': z.object({ callId }).strict(),
  'calls.hang-up': z.object({ callId }).strict(),
  'calls.mute': z.object({ callId, muted: z.boolean() }).strict(),
  /** The rest is for relayed calls. Puts the customer on hold, or resumes. */
  /** The agent told the customer that the call is recorded: it begins now. */
  'calls.confirm-recording': z.object({ callId }).strict(),
  /** Silence goes into the recording, e.g. while the customer reads out a card; or no longer. */
  'calls.pause-recording': z.object({ callId, paused: z.boolean() }).strict(),
  'calls.hold': z.object({ callId }).strict(),
  'calls.resume': z.object({ callId }).strict(),
  /** `to`: a teammate's id. */
  'calls.transfer': z
    .object({
      callId,
      to: z.string().min(1).max(200),
      mode: z.enum(['blind', 'consult']),
      note: z.string().max(500).optional(),
    })
    .strict(),
  /** To whoever in a team accepts first. */
  'calls.transfer-to-team': z
    .object({
      callId,
      team: z.string().min(1).max(200),
      note: z.string().max(500).optional(),
    })
    .strict(),
  'calls.transfer-cancel': z.object({ callId }).strict(),
  'calls.transfer-complete': z.object({ callId }).strict(),
  /** A teammate's call: supervisors only. */
  'calls.supervise': z
    .object({ callId, mode: z.enum(['listen', 'whisper', 'barge', 'off']) })
    .strict(),
  /** The same; the call becomes this agent's. */
  'calls.take-over': z.object({ callId }).strict(),
  /**
   * `to`: E.164 digits without `+`; or `userId`, for a person without a known number. `forwardTo`,
   * `record`: for this call only, and only external ones. Answers with the id of the new call.
   */
  'calls.dial': z
    .object({
      accountId: z.string().min(1).max(200),
      to: digits.optional(),
      userId: z.string().min(1).max(200).optional(),
      forwardTo: z
        .string()
        .max(500)
        .regex(/^(?:tel|sip|wss):\S+$/)
        .optional(),
      record: z.boolean().optional(),
    })
    .strict()
    .refine(({ to, userId }) => to !== undefined || userId !== undefined, 'to or userId'),
  /** Opens the page of another program about the customer, in the system's browser. */
  'calls.screen-pop': z.object({ callId }).strict(),
  /** Removes an external call from the screen. It goes on elsewhere. */
  'calls.dismiss': z.object({ callId }).strict(),
  /** Plays a public sound file into a streamed call. */
  'calls.play': z.object({ callId, mediaUrl: z.url({ protocol: /^https?$/ }).max(2_000) }).strict(),

  'permissions.request': z
    .object({ accountId, party: recipient, request: permissionRequest })
    .strict(),

  /** People, most recent activity first. */
  'contacts.list': z
    .object({
      text: z.string().max(LONGEST_SEARCH),
      after: z.string().max(300).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** One person's timeline, newest first. */
  'contacts.get': z
    .object({
      party: recipient,
      before: z.string().max(700).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** Writes down what is in `edit`; what is missing stays. */
  'people.edit': z.object({ party: recipient, edit: personEdit }).strict(),
  /** Two people are one from now on; `kept` is whose number and name they keep. */
  'people.merge': z.object({ kept: recipient, other: recipient }).strict(),
  /** Splits what a merge joined; refused if it was undone before. */
  'people.unmerge': z.object({ kept: personKey, other: personKey }).strict(),
  /** Asks for a file of people, and tells what importing it would change. */
  'people.plan-import': empty,
  /** Carries out the import that was planned last. */
  'people.import': z.object({ id: z.string().max(100) }).strict(),
  /** Asks where to, and writes everybody to a file. */
  'people.export': z
    .object({
      format: z.enum(['vcf', 'csv']),
      separator: z.enum(['comma', 'semicolon', 'tab']).optional(),
    })
    .strict(),
  /** The call log gets a new key at the next start. */
  'storage.new-key': empty,
  /** Erases a person everywhere; for admins. Progress arrives as events. */
  'people.erase': z.object({ party: recipient }).strict(),
  /** Asks for a folder, and writes all that is known of a person into it. */
  'people.save': z.object({ party: recipient }).strict(),
  /** Shows a certificate of erasure in its folder. */
  'people.show-certificate': z.object({ path: z.string().max(2_000) }).strict(),
  /** The agent has read what the person wrote up to `to`. */
  'contacts.read': z.object({ party: recipient, to: time }).strict(),
  /**
   * The facts that the rules need. `fresh`: asks the provider for the permission unless it was just
   * asked.
   */
  'contacts.facts': z.object({ accountId, party: recipient, fresh: z.boolean() }).strict(),
  /** `replyTo`: the provider's id of the message that it answers. */
  'messages.text': z
    .object({
      accountId,
      party: recipient,
      text: z.string().min(1).max(4096),
      replyTo: z.string().min(1).max(300).optional(),
    })
    .strict(),
  /** `text`: the message with its values filled in, for the timeline. */
  'messages.template': z
    .object({ accountId, party: recipient, template, text: z.string().max(4096) })
    .strict(),
  /** Asks somebody who hides their number for it. */
  'messages.contact-request': z
    .object({ accountId, party: recipient, text: z.string().min(1).max(1024) })
    .strict(),
  'messages.call-button': z
    .object({
      accountId,
      party: recipient,
      text: z.string().min(1).max(1024),
      label: z.string().min(1).max(20),
      minutes: z.number().int().min(1).max(43_200).optional(),
      payload: z.string().max(512).optional(),
    })
    .strict(),
  /** A customer's picture, sound or video, fetched now unless it is here; `id`: the timeline item's. */
  'messages.file': z.object({ id: z.string().min(1).max(700) }).strict(),
  'messages.save-file': z.object({ id: z.string().min(1).max(700) }).strict(),
  /** Sends a failed message of this agent's again; `id`: the timeline item's. */
  'messages.retry': z.object({ id: z.string().min(1).max(700) }).strict(),
  'messages.templates': z.object({ accountId }).strict(),

  /** A number's state, with its settings read from the provider now. */
  'numbers.get': z.object({ accountId }).strict(),
  /** `announcement`: a new one for the voicemail, Ogg/Opus. */
  'numbers.set': z
    .object({ accountId, change: settingsChange, announcement: announcement.optional() })
    .strict(),
  /** Facts about a number that only people know. */
  'numbers.note': z
    .object({
      accountId,
      messagingTier: z.string().max(40).nullable().optional(),
      sandbox: z.boolean().optional(),
      balance: z
        .object({ amount: decimal, minimum: decimal, currency })
        .strict()
        .nullable()
        .optional(),
      recording: z
        .union([
          z.literal('off'),
          z
            .object({
              purpose: z.string().trim().min(1).max(250),
              language: z
                .string()
                .regex(/^[a-z]{2}(_[A-Z]{2})?$/)
                .optional(),
              transcript: z.boolean().optional(),
            })
            .strict(),
        ])
        .optional(),
      recordingPolicy: recordingPolicySchema.optional(),
    })
    .strict(),
  'numbers.analytics': z.object({ accountId, from: time, to: time }).strict(),
  /** The price of a call, if the provider offers estimates. */
  'numbers.estimate': z
    .object({ accountId, party: recipient, minutes: z.number().int().min(1).max(600) })
    .strict(),

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

  /** The agents of the workspace; admins only, like all of these. */
  'agents.list': empty,
  /** The token is in the answer, and never told again. */
  'agents.add': z.object({ agent: newAgent.strict() }).strict(),
  'agents.rotate': z.object({ agentId }).strict(),
  'agents.invite': z.object({ agentId }).strict(),
  'agents.update': z
    .object({ agentId, change: agentChange.strict(), evenMyself: z.boolean().optional() })
    .strict(),
  'agents.remove': z.object({ agentId, evenMyself: z.boolean().optional() }).strict(),
  /** Opens a dialog for a CSV file, and reads it. */
  'agents.read': empty,
  /** Asks where the tokens are saved, and adds all of these agents, or none. `row`: the agent's in the file. */
  'agents.import': z
    .object({
      agents: z
        .array(z.object({ row: z.number().int().positive(), agent: newAgent.strict() }).strict())
        .min(1)
        .max(MOST_AGENTS),
    })
    .strict(),

  'rate-card.get': empty,
  /** Opens a dialog for a CSV file. */
  'rate-card.import': z.object({ currency: currency.optional() }).strict(),
  /** How loud a recording is: what `set-peaks` stored. The sound itself is streamed. */
  'recordings.peaks': z.object({ recordingId }).strict(),
  /** A window has measured a recording. */
  'recordings.set-peaks': z
    .object({
      recordingId,
      peaks: z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_PEAK_BYTES),
      seconds: z.number().positive().max(LONGEST_SECONDS),
    })
    .strict(),
  /** The agent has listened to a part; for the list of who listened. */
  'recordings.listened': z
    .object({
      recordingId,
      fromMs: z.number().int().nonnegative(),
      toMs: z.number().int().positive(),
    })
    .strict(),
  /** Fetches what is not here yet now, this recording above all. */
  'recordings.retry': z.object({ recordingId }).strict(),
  /** Whether there is a service that writes transcripts. */
  'recordings.machine': empty,
  /** Has it write down what was said in a call. */
  'recordings.write-down': z.object({ callId }).strict(),
  'recordings.set-machine-key': z.object({ key: z.string().trim().min(1).max(500) }).strict(),
  /** Whether the recordings of a call stay whatever their age; for supervisors. */
  'recordings.hold': z.object({ callId, on: z.boolean() }).strict(),

  'media.report': z.object({ callId, report: mediaReport }).strict(),
  /** Statistics of a call, final or so far; the last ones are kept. */
  'media.quality': z.object({ callId, quality }).strict(),
  'media.pcm': z.object({ callId, frame: pcmFrame }).strict(),
  'media.recorder': z.object({ callId, report: recorderReport }).strict(),
  /** The next bytes of one side of a recording. */
  'media.recorded': recordedChunk,

  /** The notes of a call, live or ended. */
  'notes.get': z.object({ callId }).strict(),
  /** Replaces this agent's note of a call. Sent while the agent types. */
  'notes.set': z
    .object({
      callId,
      text: z.string().max(LONGEST_NOTE),
      disposition: chosenOutcome.optional(),
      tags: chosenTags,
      callbackAt: z.number().int().positive().optional(),
    })
    .strict(),
  /** Sets what all agents of the workspace choose from after a call; for admins. */
  'agents.set-wrap-up-form': z.object({ form: wrapUpForm }).strict(),

  /** All who wait, now or later. */
  'todo.list': empty,
  /** Who was answered last. */
  'todo.recent': empty,
  'todo.act': z
    .object({ accountId, customer: z.string().min(1).max(300), action: todoAction })
    .strict(),

  /** A short message to a teammate (`name`: their id) or a team. */
  'team.tell': z
    .object({
      to: z.object({ kind: z.enum(['agent', 'team']), name: z.string().min(1).max(300) }).strict(),
      text: z.string().min(1).max(LONGEST_TEAM_MESSAGE),
    })
    .strict(),
  'team.read-messages': empty,
  /** For supervisors: the team's calls now, and the figures of today. */
  'team.board': empty,
  /** For supervisors: the team's calls, newest first, or those of one agent. */
  'team.calls': z
    .object({
      agentId: z.string().min(1).max(300).optional(),
      before: z.number().int().positive().optional(),
    })
    .strict(),

  'history.list': z
    .object({
      filter: historyFilter,
      after: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200),
    })
    .strict(),
  /** How many calls each filter finds, as far as that is soon known; the views that may be saved, and one more. */
  'history.counts': z.object({ filters: z.array(historyFilter).max(21) }).strict(),
  'history.get': z.object({ callId }).strict(),
  /** Marks missed calls as seen; without `callId` all of them. */
  'history.seen': z.object({ callId: callId.optional() }).strict(),

  /** What the calls of this console's log add up to, or with `ofTeam`, for supervisors, those of the whole team. */
  'insight.figures': z
    .object({ part: insightPart, range: insightRange, ofTeam: z.boolean() })
    .strict(),
  /** Asks where to save a picture (a PNG as base64) or a table (CSV), and writes it. */
  'insight.save': z
    .object({
      name: z.string().min(1).max(100),
      content: z.discriminatedUnion('type', [
        z.object({ type: z.literal('png'), base64: z.base64().max(LONGEST_PICTURE) }).strict(),
        z.object({ type: z.literal('csv'), text: z.string().max(LONGEST_PICTURE) }).strict(),
      ]),
    })
    .strict(),
  /** Below which pick-up rates the agent is warned, and outgoing calls are held back. */
  'insight.limits': empty,

  /** Opens a dialog for a file and writes it; progress arrives as events with `id`. */
  'export.calls': z
    .object({
      id: exportId,
      format: z.enum(exportFormats),
      separator: z.enum(csvSeparators).optional(),
      /** Of a table; all by default. */
      columns: z.array(z.enum(exportColumns)).min(1).optional(),
      /** Also write what is in the file, and its checksum, beside it. */
      manifest: z.boolean().optional(),
      filter: historyFilter,
    })
    .strict(),
  /** Asks for the folder of an export that repeats. */
  'export.folder': empty,
  /** Cancels an export; no file is left behind. */
  'export.cancel': z.object({ id: exportId }).strict(),

  /** Unsent text, by the window's own keys. */
  'drafts.all': empty,
  /** An empty text removes the draft. */
  'drafts.set': z
    .object({ key: z.string().min(1).max(700), text: z.string().max(20_000) })
    .strict(),
  'settings.set': z.object({ settings: settings.partial() }).strict(),
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
  /** Whether Ringdesk starts when this person signs in to the computer. */
  'autostart.get': empty,
  'autostart.set': z.object({ on: z.boolean() }).strict(),
  /** Which links this system opens here. */
  'links.get': empty,
  'links.set': z.object({ scheme: z.enum(linkSchemes), on: z.boolean() }).strict(),
  /** The token that programs need for the local API, and another one in its place. */
  'local-api.token': empty,
  'local-api.renew': empty,
  /** Opens a dialog for a profile file and provisions the console with it. */
  'profile.import': empty,
  /** A profile's file that was dropped on the window. */
  'profile.import-dropped': z
    .object({ name: z.string().max(300), text: z.string().max(500_000) })
    .strict(),
  /** `text`: an invitation's link, or its code beside the address of its relay. */
  'invitation.redeem': z.object({ text: line, relay: line }).strict(),
  /** The invitation that was opened is not used. */
  'invitation.dismiss': empty,
  /** Writes the files of a relay into a folder that the admin chooses. */
  'set-up.write': z.object({ setUp }).strict(),
  'profile.use-demo': empty,
  /** Changes from the demo back to the imported profile's numbers. */
  'profile.use-own': empty,
  /** The agent's choice if only weak protection of secrets is available. */
  'vault.choose': z.object({ storeWeakly: z.boolean() }).strict(),

  'demo.customers': empty,
  'demo.call': z.object({ customerId: z.string().min(1).max(100) }).strict(),
} as const;

export type RouteName = keyof typeof requests;
export type RouteInput<N extends RouteName> = z.input<(typeof requests)[N]>;
export type RouteOutput<N extends RouteName> = Responses[N];
export type MediaReport = z.infer<typeof mediaReport>;
