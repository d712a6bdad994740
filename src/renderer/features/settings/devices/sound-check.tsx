import { useEffect, useRef, useState } from 'react';
import { formats, t } from '../../../../shared/i18n/i18n.ts';
import type { DeviceRole } from '../../../../shared/devices/preference.ts';
import {
  type MicrophoneVerdict,
  microphoneVerdict,
  networkVerdict,
  type NetworkVerdict,
} from '../../../../shared/devices/verdicts.ts';
import { LevelMeter } from '../../../media/level-meter.ts';
import { openMicrophone } from '../../../media/microphone.ts';
import { probeNetwork } from '../../../media/network-probe.ts';
import { mediaMessage } from '../../../messages/media.ts';
import { act } from '../../../state/requests.ts';
import { setNetworkReport, useLive } from '../../../state/live.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Level } from '../../../ui/level.tsx';
import { Section } from '../section.tsx';
import { EchoCheck } from './echo-check.tsx';
import { SoundCheckItem, type Tone } from './sound-check-item.tsx';
import css from './devices.module.css';

interface SoundCheckProps {
  onTestRing: () => void;
  onTestSpeaker: () => void;
  onHearYourself: () => void;
}

/** What the agent checks before the shift: each with a verdict in words. */
export function SoundCheck({ onTestRing, onTestSpeaker, onHearYourself }: SoundCheckProps) {
  return (
    <Section title={t('soundCheck.title')}>
      <p className={css.quiet}>{t('soundCheck.note')}</p>
      <ul className={css.checks}>
        <MicrophoneCheck />
        <HearingCheck usedFor="speaker" name={t('soundCheck.speaker')} onPlay={onTestSpeaker}>
          {t('soundCheck.play')}
        </HearingCheck>
        <HearingCheck usedFor="ringer" name={t('soundCheck.ring')} onPlay={onTestRing}>
          {t('soundCheck.playRing')}
        </HearingCheck>
        <NetworkCheck />
        <EchoCheck onHearYourself={onHearYourself} />
      </ul>
    </Section>
  );
}

const LISTENS_MS = 4000;
const MEASURED_MS = 80;

function MicrophoneCheck() {
  const { id } = useLive(({ devices }) => devices.microphone);
  const [level, setLevel] = useState<number>();
  const [verdict, setVerdict] = useState<{ tone: Tone; text: string }>();
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const check = async () => {
    setVerdict(undefined);
    setLevel(0);
    const opened = await openMicrophone(id);
    if (!opened.ok) {
      setLevel(undefined);
      const { what, next } = mediaMessage(opened.error);
      return setVerdict({ tone: 'bad', text: next === undefined ? what : `${what}. ${next}` });
    }
    const track = opened.value;
    const meter = new LevelMeter(track);
    const levels: number[] = [];
    const timer = setInterval(() => {
      const now = meter.level();
      levels.push(now);
      setLevel(now);
      if (levels.length < LISTENS_MS / MEASURED_MS) return;
      stop.current();
      setLevel(undefined);
      const found = microphoneVerdict(levels);
      const text = t(`soundCheck.microphoneVerdicts.${found}`, { device: track.label });
      setVerdict({ tone: toneOfMicrophone[found], text });
    }, MEASURED_MS);
    stop.current = () => {
      clearInterval(timer);
      meter.close();
      track.stop();
    };
  };
  return (
    <SoundCheckItem name={t('soundCheck.microphone')} verdict={verdict}>
      {level === undefined ? (
        <Button icon="mic" onClick={() => void check()}>
          {t('soundCheck.start')}
        </Button>
      ) : (
        <div className={css.listening}>
          <output>{t('soundCheck.listening')}</output>
          <Level level={level} label={t('call.microphoneLevel')} />
        </div>
      )}
    </SoundCheckItem>
  );
}

/** Only the agent knows what comes out of a speaker. */
function HearingCheck(props: {
  usedFor: DeviceRole;
  name: string;
  onPlay: () => void;
  children: string;
}) {
  const { usedFor, name, onPlay, children } = props;
  const label = useLive(({ labels }) => labels[usedFor]) || t('devices.systemDefault');
  const [asked, setAsked] = useState(false);
  const [heard, setHeard] = useState<boolean>();
  const answer = (yes: boolean) => {
    setHeard(yes);
    setAsked(false);
  };
  const verdict =
    heard === undefined
      ? undefined
      : heard
        ? { tone: 'good' as const, text: t('soundCheck.heard', { device: label }) }
        : { tone: 'bad' as const, text: t('soundCheck.notHeard', { device: label }) };
  return (
    <SoundCheckItem name={name} verdict={asked ? undefined : verdict}>
      {asked && (
        <output className={css.question}>{t('soundCheck.heardQuestion', { device: label })}</output>
      )}
      {asked && (
        <>
          <Button onClick={() => answer(true)}>{t('soundCheck.yes')}</Button>
          <Button onClick={() => answer(false)}>{t('soundCheck.no')}</Button>
        </>
      )}
      <Button
        icon={usedFor === 'ringer' ? 'bell' : 'play'}
        iconOnly={asked}
        onClick={() => {
          onPlay();
          setAsked(true);
        }}
      >
        {children}
      </Button>
    </SoundCheckItem>
  );
}

function NetworkCheck() {
  const connected = useSnapshot(({ connection }) => connection.state === 'connected');
  const report = useLive(({ network }) => network);
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    const servers = await act('ready.media-servers', {});
    if (servers) setNetworkReport(await probeNetwork(servers.iceServers));
    setTesting(false);
  };
  const verdict = (): { tone: Tone; text: string } | undefined => {
    if (!connected) return { tone: 'bad', text: t('soundCheck.offline') };
    if (!report || testing) return undefined;
    const found = networkVerdict(report);
    const { rttMs: rtt, lossPercent: loss } = report;
    const measured =
      rtt === undefined || loss === undefined
        ? ''
        : `. ${t('soundCheck.measured', { rtt, loss: formats.percent(loss / 100) })}`;
    const text = `${t(`soundCheck.networkVerdicts.${found}`)}${measured}`;
    return { tone: toneOfNetwork[found], text };
  };
  return (
    <SoundCheckItem name={t('soundCheck.network')} verdict={verdict()}>
      <Button
        icon="filter"
        blocked={testing ? t('soundCheck.testing') : undefined}
        onClick={() => void test()}
      >
        {testing ? t('soundCheck.testing') : t('soundCheck.test')}
      </Button>
    </SoundCheckItem>
  );
}

const toneOfMicrophone: Readonly<Record<MicrophoneVerdict, Tone>> = {
  good: 'good',
  quiet: 'soon',
  loud: 'soon',
  silent: 'bad',
};
const toneOfNetwork: Readonly<Record<NetworkVerdict, Tone>> = {
  good: 'good',
  fair: 'soon',
  poor: 'bad',
  blocked: 'bad',
  unmeasured: 'soon',
};
