import { refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isFrom, orRefuse, quietly } from './answers.ts';
import type { HandlerPorts } from './handler-ports.ts';
import type { Handlers } from './ipc-dispatcher.ts';

type CallHandlers = Pick<Handlers, Extract<keyof Handlers, `calls.${string}` | `media.${string}`>>;

/** What an agent does with a call, and what the softphone reports of its sound. */
export function createCallHandlers(
  { workspaces, windows, programs }: Pick<HandlerPorts, 'workspaces' | 'windows' | 'programs'>,
  workspace: () => Workspace,
): CallHandlers {
  return {
    'calls.accept': ({ callId }, from) => {
      orRefuse(workspace().calls.accept(callId));
      // Accepted in the ring window: show the call.
      if (!isFrom(windows.main, from)) windows.show('todo');
      return null;
    },
    'calls.decline': ({ callId }) => orRefuse(workspace().calls.decline(callId)),
    'calls.undo-decline': ({ callId }) => orRefuse(workspace().calls.undoDecline(callId)),
    'calls.silence': ({ callId }) => orRefuse(workspace().calls.silence(callId)),
    'calls.hang-up': ({ callId }) => orRefuse(workspace().calls.hangUp(callId)),
    'calls.mute': ({ callId, muted }) => orRefuse(workspace().calls.mute(callId, muted)),
    'calls.confirm-recording': async ({ callId }) =>
      orRefuse(await workspace().recorder.confirm(callId)),
    'calls.pause-recording': async ({ callId, paused }) =>
      orRefuse(await workspace().recorder.pause(callId, paused)),
    'calls.stop-recording': async ({ callId, discard }) =>
      orRefuse(await workspace().recorder.stop(callId, discard)),
    'calls.hold': async ({ callId }) => orRefuse(await workspace().team.requests.hold(callId)),
    'calls.resume': async ({ callId }) => orRefuse(await workspace().team.requests.resume(callId)),
    'calls.transfer': async ({ callId, ...offer }) => {
      // What was written down is there before the call is offered.
      await workspace().notes.share();
      return orRefuse(await workspace().team.requests.transfer(callId, offer));
    },
    'calls.transfer-to-team': async ({ callId, ...offer }) => {
      await workspace().notes.share();
      return orRefuse(await workspace().team.requests.transferToTeam(callId, offer));
    },
    'calls.transfer-cancel': async ({ callId }) =>
      orRefuse(await workspace().team.requests.cancelTransfer(callId)),
    'calls.transfer-complete': async ({ callId }) =>
      orRefuse(await workspace().team.requests.completeTransfer(callId)),
    'calls.supervise': async ({ callId, mode }) =>
      orRefuse(await workspace().team.supervision.set(callId, mode)),
    'calls.take-over': async ({ callId }) =>
      orRefuse(await workspace().team.supervision.takeOver(callId)),
    'calls.dial': async (input) => {
      const { calls, contacts, people, insight } = workspace();
      const { doNotCall } = people.details({ waId: input.to, userId: input.userId });
      if (doNotCall) throw refusal('do-not-call', ...(doNotCall.reason ? [doNotCall.reason] : []));
      if (await insight.isHeld(input.accountId)) throw refusal('pick-up-held');
      const { waId: to } = contacts.spelled({ waId: input.to });
      return orRefuse(calls.dial({ ...input, to }));
    },
    'calls.dismiss': ({ callId }) => orRefuse(workspace().calls.dismiss(callId)),
    'calls.screen-pop': async ({ callId }) => {
      await programs.screenPops.open(callId);
      return null;
    },
    'calls.play': async ({ callId, mediaUrl }) =>
      orRefuse(await workspace().calls.play(callId, mediaUrl)),

    'media.report': quietly(({ callId, report }) =>
      workspace().team.handleMediaReport(callId, report),
    ),
    'media.quality': quietly(({ callId, quality }) => workspace().saveQuality(callId, quality)),
    'media.pcm': ({ callId, frame }, from) => {
      if (isFrom(windows.main, from)) workspaces.current?.streams.send(callId, frame);
      return null;
    },

    'media.recorder': ({ callId, report }, from) => {
      if (isFrom(windows.main, from)) workspaces.current?.recorder.handleReport(callId, report);
      return null;
    },
    'media.recorded': (chunk, from) => {
      if (isFrom(windows.main, from)) workspaces.current?.recorder.handleSound(chunk);
      return null;
    },
  };
}
