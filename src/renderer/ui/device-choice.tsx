import { t } from '../../shared/i18n/i18n.ts';
import { type ReactNode, useEffect, useState } from 'react';
import {
  type DeviceRole,
  type KnownDevice,
  matches,
  move,
  preferred,
  remember,
} from '../../shared/devices/preference.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { kinds, orderSettings } from '../media/device-selection.ts';
import { type AudioDevice, findDevices, watchDevices } from '../media/devices.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import css from './device-choice.module.css';

interface DeviceProps {
  usedFor: DeviceRole;
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
}

/** Chooses one of the current devices: the best one from now on. */
export function DeviceChoice({
  usedFor,
  label,
  settings,
  onChange,
}: DeviceProps & { label: string }) {
  const devices = useDevices(usedFor);
  const order = settings[orderSettings[usedFor]];
  const used = preferred(order, devices)?.device;
  const choose = (id: string) => {
    const device = devices.find((one) => one.id === id);
    const next = device ? remember(order, { id, label: device.label, group: device.group }) : [];
    onChange({ [orderSettings[usedFor]]: next });
  };
  return (
    <Choice
      label={label}
      isVolatile
      value={used?.id ?? ''}
      options={[
        { value: '', label: t('devices.systemDefault') },
        ...devices.map(({ id, label }) => ({ value: id, label })),
      ]}
      onChange={choose}
    />
  );
}

/** The remembered devices of a role, best first, and which of them is used. */
export function DeviceOrder({ usedFor, settings, onChange }: DeviceProps) {
  const devices = useDevices(usedFor);
  const order = settings[orderSettings[usedFor]];
  if (order.length === 0) return null;
  const present = matches(order, devices);
  const used = preferred(order, devices)?.rank ?? order.length;
  const set = (next: readonly KnownDevice[]) => onChange({ [orderSettings[usedFor]]: next });
  const name = `${t('devices.order')}: ${t(`devices.${usedFor}`)}`;
  return (
    <div className={css.order}>
      <ol aria-label={name} className={css.devices}>
        {order.map((known, rank) => (
          <li key={`${known.id} ${known.label}`} className={css.device}>
            <span className={css.name}>
              <bdi>{known.label}</bdi>
              <State inUse={rank === used} missing={present[rank] === undefined} />
            </span>
            {rank > 0 && (
              <Button
                look="quiet"
                size="small"
                icon="up"
                iconOnly
                onClick={() => set(move(order, rank, -1))}
              >
                {t('devices.up', { device: known.label })}
              </Button>
            )}
            {rank < order.length - 1 && (
              <Button
                look="quiet"
                size="small"
                icon="down"
                iconOnly
                onClick={() => set(move(order, rank, 1))}
              >
                {t('devices.down', { device: known.label })}
              </Button>
            )}
            <Button
              look="quiet"
              size="small"
              icon="close"
              iconOnly
              onClick={() => set(order.toSpliced(rank, 1))}
            >
              {t('devices.forget', { device: known.label })}
            </Button>
          </li>
        ))}
        <li className={css.device}>
          <span className={css.name}>
            {t('devices.systemDefault')}
            <State inUse={used === order.length} missing={false} />
          </span>
        </li>
      </ol>
    </div>
  );
}

function State({ inUse, missing }: { inUse: boolean; missing: boolean }) {
  if (inUse) return <small className={css.inUse}>{t('devices.inUse')}</small>;
  if (missing) return <small className={css.missing}>{t('devices.deviceMissing')}</small>;
  return null;
}

/** Chooses the microphone and the speaker of calls. `children`: the microphone's level. */
export function CallDevices({
  settings,
  onChange,
  withOrder = false,
  children,
}: Omit<DeviceProps, 'usedFor'> & { withOrder?: boolean; children: ReactNode }) {
  const props = { settings, onChange };
  return (
    <>
      <div className={css.microphone}>
        <DeviceChoice usedFor="microphone" label={t('devices.microphone')} {...props} />
        {withOrder && <DeviceOrder usedFor="microphone" {...props} />}
        {children}
      </div>
      <DeviceChoice usedFor="speaker" label={t('devices.speaker')} {...props} />
      {withOrder && <DeviceOrder usedFor="speaker" {...props} />}
    </>
  );
}

function useDevices(role: DeviceRole): readonly AudioDevice[] {
  const [devices, setDevices] = useState<readonly AudioDevice[]>([]);
  useEffect(() => {
    let current = true;
    const read = async () => {
      const { devices: found } = await findDevices();
      if (current) setDevices(found);
    };
    void read();
    const stop = watchDevices(() => void read());
    return () => {
      current = false;
      stop();
    };
  }, []);
  return devices.filter(({ kind }) => kind === kinds[role]);
}
