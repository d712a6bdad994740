import { formats, t } from '../../../../shared/i18n/i18n.ts';
import { type EchoVerdict, echoVerdict } from '../../../../shared/devices/verdicts.ts';
import { useLive } from '../../../state/live.ts';
import { engagedCall, useSnapshot } from '../../../state/snapshot-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Level } from '../../../ui/level.tsx';
import { SoundCheckItem, type Tone } from './sound-check-item.tsx';
import css from './devices.module.css';

const tones: Readonly<Record<EchoVerdict, Tone>> = {
  good: 'good',
  fair: 'soon',
  quiet: 'soon',
  busy: 'soon',
  unanswered: 'soon',
  'no-media': 'soon',
  poor: 'bad',
  silent: 'bad',
  lost: 'bad',
  blocked: 'bad',
  'no-microphone': 'bad',
};

/** The agent speaks, and the relay sends it back: the way of a customer's call, without a customer. */
export function EchoCheck({ onHearYourself }: { onHearYourself: () => void }) {
  const connected = useSnapshot(({ connection }) => connection.state === 'connected');
  const relayed = useSnapshot(({ accounts }) => accounts.some(({ path }) => path === 'relayed'));
  const inCall = useSnapshot(({ calls }) => engagedCall(calls) !== undefined);
  const { trying, report } = useLive(({ echo }) => echo);
  return (
    <SoundCheckItem name={t('soundCheck.echo')} verdict={trying ? undefined : verdictOf()}>
      {trying && (
        <div className={css.listening}>
          <output>
            {trying.doing === 'calling' && t('soundCheck.calling')}
            {trying.doing === 'speaking' && t('soundCheck.speak')}
            {trying.doing === 'listening' && t('soundCheck.listen')}
          </output>
          {trying.doing === 'speaking' && (
            <Level level={trying.level} label={t('call.microphoneLevel')} />
          )}
        </div>
      )}
      {relayed && (
        <Button icon={trying ? 'close' : 'headset'} blocked={blockedBy()} onClick={onHearYourself}>
          {trying ? t('soundCheck.stopEcho') : t('soundCheck.hearYourself')}
        </Button>
      )}
    </SoundCheckItem>
  );

  function blockedBy(): string | undefined {
    if (!connected) return t('soundCheck.offline');
    return inCall ? t('soundCheck.inCall') : undefined;
  }

  function verdictOf(): { tone: Tone; text: string } | undefined {
    if (!relayed) return { tone: 'soon', text: t('soundCheck.echoVerdicts.no-media') };
    if (!report) return undefined;
    const found = echoVerdict(report);
    const text = t(`soundCheck.echoVerdicts.${found}`);
    if (report.end !== 'heard' || report.rttMs === undefined) return { tone: tones[found], text };
    const measured = t('soundCheck.measured', {
      rtt: report.rttMs,
      loss: formats.percent(report.lossPercent / 100),
    });
    return { tone: tones[found], text: `${text}. ${measured}` };
  }
}
