import { type ReactNode, useEffect, useRef, useState } from 'react';
import { traitsOf } from '../../shared/providers/media-path.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { isEngaging } from '../../shared/call/model.ts';
import { ExternalCard } from '../features/call-card/external-card.tsx';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { ringsSilently } from '../../shared/ipc/team.ts';
import { CallCard } from '../features/call-card/call-card.tsx';
import { teamTargets, transferTargets } from '../features/call-card/teammates.ts';
import { useLacksOutcome } from '../features/notes/use-note.ts';
import { IncomingCard } from '../features/incoming/incoming-card.tsx';
import { classes } from '../lib/classes.ts';
import { partyName } from '../lib/party.ts';
import { act } from '../state/requests.ts';
import { engagedCall, firstRinging, keysFor, useSnapshot } from '../state/snapshot-store.ts';
import { showContact, toast, useUi, writeTo } from '../state/ui.ts';
import { GuardedButton } from '../ui/button.tsx';
import { useAudio } from './audio.tsx';
import { announcementText } from '../messages/team.ts';
import { useSettling } from './use-settling.ts';
import { useCallsArea } from './use-calls-area.ts';
import css from './dock.module.css';

/**
 * The current calls, in a pane beside the work or, in a narrow window, in a sheet over it: nothing
 * in the work moves when a call comes or ends. One call has the pane; the others wait above its
 * controls, which are always at the foot.
 *
 * @param customer renders who is on the phone
 */
export function Dock({ customer }: { customer: (call: LiveCall) => ReactNode }) {
  const all = useSnapshot(({ calls }) => calls);
  const calls = all.filter(({ shownAs }) => shownAs !== 'gone');
  const ringing = firstRinging(all);
  const folded = useUi(({ dockFolded }) => dockFolded);
  const [isWriting, setWriting] = useState(false);
  const isWrappingUp = useSnapshot(({ presence }) => presence.state === 'wrap-up');
  const main = useKeptWhile(isWriting, mainOf(calls, isWrappingUp));
  const pane = useRef<HTMLElement>(null);
  useCallsArea(pane, main !== undefined);
  const opened = main && `${main.id} ${isEngaging(main.phase.name) ? 'taken' : ''}`;
  const settling = useSettling(opened ?? '');
  useEffect(() => {
    // Each call opens the pane again, as it comes and as it is taken.
    if (opened !== undefined) useUi.setState({ dockFolded: false });
  }, [opened]);
  return (
    <section
      ref={pane}
      className={classes(css.dock, main && css.open, main && folded && css.folded)}
      aria-label={t('common.liveCalls')}
      data-region="calls"
      tabIndex={-1}
      data-open={(main && !folded) || undefined}
      data-folded={(main && folded) || undefined}
    >
      <p className="visually-hidden" role="alert">
        {ringing && announcementText(partyName(ringing.party), ringing)}
      </p>
      {main && (
        <>
          <GuardedButton
            className={css.fold}
            look="quiet"
            size="small"
            icon="chevron"
            aria-expanded={!folded}
            onClick={() => useUi.setState({ dockFolded: !folded })}
          >
            {folded ? t('customer.show') : t('customer.hide')}
          </GuardedButton>
          <Card key={`card ${main.id}`} call={main} paned />
          <section
            key={`customer ${main.id}`}
            className={classes(css.customer, settling && css.settling)}
            aria-label={t('common.customer')}
            data-region="customer"
          >
            <div
              className={css.parts}
              onFocus={({ target }) => setWriting(isField(target))}
              onBlur={() => setWriting(false)}
            >
              {customer(main)}
            </div>
          </section>
          <div className={css.others}>
            {calls
              .filter(({ id }) => id !== main.id)
              .map((call) => (
                <Card key={call.id} call={call} />
              ))}
          </div>
        </>
      )}
    </section>
  );
}

const isField = (target: Element) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** The call that has the pane: the agent's own, also while they wrap it up, or what asks for an answer. */
function mainOf(calls: readonly LiveCall[], isWrappingUp: boolean): LiveCall | undefined {
  return (
    calls.find(({ phase }) => isEngaging(phase.name)) ??
    (isWrappingUp ? calls.findLast(wasTalk) : undefined) ??
    firstRinging(calls) ??
    calls.find(({ phase }) => phase.name !== 'ended') ??
    calls.at(-1)
  );
}

const wasTalk = ({ phase, connectedAt }: LiveCall) =>
  phase.name === 'ended' && connectedAt !== undefined;

/** A call that is over stays while the agent writes about it, or still has to choose its outcome. */
function useKeptWhile(isWriting: boolean, call: LiveCall | undefined): LiveCall | undefined {
  const [last, setLast] = useState(call);
  if (call && call !== last) setLast(call);
  const lacksOutcome = useLacksOutcome(last);
  return call ?? (isWriting || lacksOutcome ? last : undefined);
}

/** One call's card. `paned`: its parts are laid out by the pane. */
function Card({ call, paned = false }: { call: LiveCall; paned?: boolean }) {
  const snapshot = useSnapshot((all) => all);
  const { calls, settings, team, agent, accounts, presence } = snapshot;
  const lacksOutcome = useLacksOutcome(call);
  const { softphone } = useAudio();
  const onContact = () => showContact(call.party);
  if (call.shownAs === 'ring') {
    return (
      <IncomingCard
        call={call}
        paned={paned}
        busy={engagedCall(calls) !== undefined}
        wrappingUp={presence.state === 'wrap-up' && ringsSilently(presence, call)}
        shortcuts={keysFor(call, snapshot)}
        onContact={onContact}
      />
    );
  }
  if (!traitsOf(call.path).isSpokenHere) {
    return (
      <ExternalCard
        call={call}
        paned={paned}
        onContact={onContact}
        onDismiss={() => void act('calls.dismiss', { callId: call.id })}
      />
    );
  }
  /** Plays an audio file into a call, if its number supports that. */
  const play = async (mediaUrl: string) => {
    const done = await act('calls.play', { callId: call.id, mediaUrl });
    if (done !== undefined) toast('good', () => t('external.playing'));
  };
  const account = accounts.find((one) => one.id === call.accountId);
  const target = { accountId: call.accountId, self: agent?.id };
  return (
    <CallCard
      call={call}
      paned={paned}
      settings={settings}
      teammates={transferTargets(team, target)}
      teams={teamTargets(team, target)}
      wrapUp={
        presence.state === 'wrap-up'
          ? {
              until: presence.until,
              onMoreTime: () => void act('presence.extend-wrap-up', { seconds: 30 }),
              onFollowUp: () => writeTo(call.party),
              onReady: () => void act('presence.set', { presence: 'available' }),
              blocked: lacksOutcome ? t('notes.chooseFirst') : undefined,
            }
          : undefined
      }
      onContact={onContact}
      liveTrack={softphone.liveTrack}
      onHoldChange={(hold) => void act(hold ? 'calls.hold' : 'calls.resume', { callId: call.id })}
      onTransfer={(offer) =>
        'team' in offer
          ? void act('calls.transfer-to-team', { callId: call.id, ...offer })
          : void act('calls.transfer', { callId: call.id, ...offer })
      }
      onCancelTransfer={() => void act('calls.transfer-cancel', { callId: call.id })}
      onCompleteTransfer={() => void act('calls.transfer-complete', { callId: call.id })}
      onMute={(muted) => void act('calls.mute', { callId: call.id, muted })}
      onHangUp={() => void act('calls.hang-up', { callId: call.id })}
      play={account?.capabilities.play === 'available' ? play : undefined}
      onSettings={(changes) => void act('settings.set', { settings: changes })}
    />
  );
}
