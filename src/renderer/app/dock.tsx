import { traitsOf } from '../../shared/providers/media-path.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { ExternalCard } from '../features/call-card/external-card.tsx';
import type { LiveCall } from '../../shared/ipc/model.ts';
import { CallCard } from '../features/call-card/call-card.tsx';
import { transferTargets } from '../features/call-card/teammates.ts';
import { IncomingCard } from '../features/incoming/incoming-card.tsx';
import { partyName } from '../lib/party.ts';
import { act } from '../state/requests.ts';
import { engagedCall, firstRinging, keysFor, useSnapshot } from '../state/snapshot-store.ts';
import { showContact, toast } from '../state/ui.ts';
import { useAudio } from './audio.tsx';
import { announcementText } from '../messages/team.ts';
import css from './dock.module.css';

/** The current calls: always at the top, whatever view is open below. */
export function Dock() {
  const snapshot = useSnapshot((all) => all);
  const { calls, settings, team, agent, accounts } = snapshot;
  const teammates = transferTargets(team, agent?.id);
  const { softphone } = useAudio();
  const busy = engagedCall(calls) !== undefined;
  const ringing = firstRinging(calls);
  const shown = calls.filter((call) => call.shownAs === 'card');
  const rings = calls.filter((call) => call.shownAs === 'ring');
  /** Plays an audio file into a call, if its number supports that. */
  const play = ({ id, accountId }: LiveCall) => {
    const account = accounts.find((one) => one.id === accountId);
    if (account?.capabilities.play !== 'available') return undefined;
    return async (mediaUrl: string) => {
      const done = await act('calls.play', { callId: id, mediaUrl });
      if (done !== undefined) toast('good', t('external.playing'));
    };
  };
  return (
    <section className={css.dock} aria-label={t('common.liveCalls')}>
      <p className="visually-hidden" role="alert">
        {ringing && announcementText(partyName(ringing.party), ringing)}
      </p>
      {shown
        .filter(({ path }) => !traitsOf(path).isSpokenHere)
        .map((call) => (
          <ExternalCard
            key={call.id}
            call={call}
            onContact={() => showContact(call.party)}
            onDismiss={() => void act('calls.dismiss', { callId: call.id })}
          />
        ))}
      {shown
        .filter(({ path }) => traitsOf(path).isSpokenHere)
        .map((call) => (
          <CallCard
            key={call.id}
            call={call}
            settings={settings}
            teammates={teammates}
            onContact={() => showContact(call.party)}
            liveTrack={softphone.liveTrack}
            onHoldChange={(hold) =>
              void act(hold ? 'calls.hold' : 'calls.resume', { callId: call.id })
            }
            onTransfer={(offer) => void act('calls.transfer', { callId: call.id, ...offer })}
            onCancelTransfer={() => void act('calls.transfer-cancel', { callId: call.id })}
            onCompleteTransfer={() => void act('calls.transfer-complete', { callId: call.id })}
            onMute={(muted) => void act('calls.mute', { callId: call.id, muted })}
            onHangUp={() => void act('calls.hang-up', { callId: call.id })}
            play={play(call)}
            onSettings={(changes) => void act('settings.set', { settings: changes })}
          />
        ))}
      {rings.map((call) => (
        <IncomingCard
          key={call.id}
          call={call}
          busy={busy}
          shortcuts={keysFor(call, snapshot)}
          onContact={() => showContact(call.party)}
        />
      ))}
    </section>
  );
}
