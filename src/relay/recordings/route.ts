import type { IncomingMessage, ServerResponse } from 'node:http';
import { t } from '../../shared/i18n/i18n.ts';
import { RecordingUnreadable } from '../../recording/reader.ts';
import { PLAYABLE_TYPE, PlayableTrack } from '../../recording/playable-track.ts';
import type { RecordingFacts, RecordingMark } from '../../shared/recording/model.ts';
import { sendError, sendJson } from '../http/responses.ts';
import type { Member } from '../store/agent-store.ts';
import type { OpenedRecording } from './opened.ts';
import type { RelayRecordings } from './relay-recordings.ts';

export interface RecordingRoutePorts {
  recordings: RelayRecordings;
  authenticate: (token: string) => Promise<Member | undefined>;
  /** Whether the agent has this number. */
  mayUse: (member: Member, accountId: string) => boolean;
}

/**
 * Serves recordings to consoles: `/v1/recordings/ID` tells what one consists of, who deleted it, or why it
 * cannot be read; `/v1/recordings/ID/TRACK` is the sound of one side. An agent gets those of their numbers; the id, which nobody can guess, is told only to those who had or
 * supervised the call.
 */
export function createRecordingRoute({ recordings, authenticate, mayUse }: RecordingRoutePorts) {
  return async (
    { id, track }: { id: string; track: number | undefined },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const member = await memberOf(request, response, authenticate);
    if (!member) return;
    const opened = await openOf(recordings, id);
    if (opened instanceof RecordingUnreadable) {
      const { why } = opened;
      // Whose it is cannot be read either.
      return track === undefined
        ? sendJson(response, 200, { unreadable: why })
        : sendError(response, 409, why, t(`relay.recordings.unreadable`));
    }
    const deletion = opened ? undefined : await recordings.deletionOf(id);
    if (deletion && mayUse(member, deletion.accountId)) {
      const { by, at } = deletion;
      return track === undefined
        ? sendJson(response, 200, { deleted: { by, at } })
        : sendError(response, 410, 'deleted', t('relay.recordings.deleted'));
    }
    if (!opened) return sendError(response, 404, 'not-found', t('relay.recordings.none'));
    try {
      const facts = await factsOf(opened);
      // Not even that there is one.
      if (!facts || !mayUse(member, facts.accountId)) {
        return sendError(response, 404, 'not-found', t('relay.recordings.none'));
      }
      if (track !== undefined) return await sendTrack(opened, facts, track, response);
      const marks: RecordingMark[] = [];
      for await (const item of opened.reader.items()) {
        if (item.kind === 'mark') marks.push(item.mark);
      }
      const isComplete = !(await recordings.isWritten(id));
      return sendJson(response, 200, { facts, marks, isComplete });
    } finally {
      await opened.close();
    }
  };
}

/** Who asks, by their token; undefined if the request was refused, which is answered. */
export async function memberOf(
  request: IncomingMessage,
  response: ServerResponse,
  authenticate: RecordingRoutePorts['authenticate'],
): Promise<Member | undefined> {
  if (request.method !== 'GET') {
    sendError(response, 405, 'not-allowed', t('relay.nothingHere'));
    return undefined;
  }
  const [, token = ''] = /^Bearer (\S{1,500})$/.exec(request.headers.authorization ?? '') ?? [];
  const member = token === '' ? undefined : await authenticate(token);
  if (!member) sendError(response, 401, 'unauthorized', t('relay.recordings.signIn'));
  return member;
}

async function openOf(
  recordings: RelayRecordings,
  id: string,
): Promise<OpenedRecording | RecordingUnreadable | undefined> {
  try {
    return await recordings.open(id);
  } catch (error) {
    if (error instanceof RecordingUnreadable) return error;
    throw error;
  }
}

/** The first record. */
async function factsOf({ reader }: OpenedRecording): Promise<RecordingFacts | undefined> {
  const { value } = await reader.items().next();
  return value !== undefined && value.kind === 'facts' ? value.facts : undefined;
}

async function sendTrack(
  { reader }: OpenedRecording,
  facts: RecordingFacts,
  track: number,
  response: ServerResponse,
): Promise<void> {
  const wanted = facts.tracks.find((one) => one.track === track);
  if (!wanted) return sendError(response, 404, 'not-found', t('relay.recordings.none'));
  const playable = new PlayableTrack(wanted);
  response.writeHead(200, { 'content-type': PLAYABLE_TYPE, 'cache-control': 'no-store' });
  for await (const item of reader.items()) {
    if (item.kind !== 'audio' || item.track !== track) continue;
    const bytes = playable.add(item.atMs, item.bytes);
    // A console that reads slowly must not fill the memory.
    if (!response.write(bytes) && !response.destroyed) {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
    if (response.destroyed) return;
  }
  response.end();
}
