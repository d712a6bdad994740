import { formats, t } from '../../shared/i18n/i18n.ts';
import { type Certificate, erasedKinds } from '../../shared/ipc/erasing.ts';

const iso = (at: number) => new Date(at).toISOString();

/** A certificate for programs. */
export function certificateJson({ begunAt, endedAt, left, ...rest }: Certificate): string {
  const exports = left.exports.map(({ path, at }) => ({ path, at: iso(at) }));
  const whole = {
    ...rest,
    begunAt: iso(begunAt),
    endedAt: iso(endedAt),
    left: { ...left, exports },
  };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}

/** A certificate for people. */
export function certificateText(certificate: Certificate): string {
  const { id, begunAt, endedAt, by, person, relay, console: here, left } = certificate;
  const moment = (at: number) => `${formats.date(at)} ${formats.time(at)}`;
  const kinds = erasedKinds.filter((kind) => here.erased[kind] > 0);
  const lines = [
    t('erasing.certificate'),
    '',
    `${t('erasing.number')}: ${id}`,
    `${t('erasing.by')}: ${by}`,
    `${t('erasing.from')}: ${moment(begunAt)}`,
    `${t('erasing.until')}: ${moment(endedAt)}`,
    `${t('erasing.hash')}: ${person.hashes.join(', ')}`,
    `${t('erasing.salt')}: ${person.salt}`,
    '',
    `${t('erasing.here')}:`,
    ...kinds.map((kind) => `  ${t(`erasing.kinds.${kind}`)}: ${formats.number(here.erased[kind])}`),
    `  ${t('erasing.messageFiles')}: ${formats.number(here.messageFiles)}`,
    `  ${t('erasing.recordings')}: ${formats.number(here.recordings)}`,
    `  ${t('erasing.copies')}: ${formats.number(here.copies)}`,
    `  ${t('erasing.rewritten')}`,
    ...(here.hasSnapshot ? [`  ${t('erasing.newCopy')}`] : []),
    '',
    ...(relay
      ? [
          `${t('erasing.relay')}:`,
          `  ${t('erasing.entries')}: ${formats.number(relay.rows.entries)}`,
          `  ${t('erasing.deliveries')}: ${formats.number(relay.rows.deliveries)}`,
          `  ${t('erasing.blanked')}: ${formats.number(relay.rows.blanked)}`,
          `  ${t('erasing.recordings')}: ${formats.number(relay.rows.recordings)}`,
          `  ${t('erasing.consoles', { number: relay.consoles })}`,
        ]
      : [t('erasing.noRelay')]),
    '',
    `${t('erasing.left')}:`,
    ...leftLines(left, relay),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a person still has to see to. */
function leftLines(
  { held: here, live, exports, copies }: Certificate['left'],
  relay: Certificate['relay'],
): readonly string[] {
  const { held: there = 0, silent = [] } = relay?.rows ?? {};
  const held = here + there;
  const lines = [
    ...(held > 0 ? [`  ${t('erasing.held', { number: held })}`] : []),
    ...silent.map((node) => `  ${t('erasing.silentNode', { node })}`),
    ...(live > 0 ? [`  ${t('erasing.live', { number: live })}`] : []),
    ...exports.map(({ path, at }) => `  ${t('erasing.export', { path, date: formats.date(at) })}`),
    ...copies.map((path) => `  ${t('erasing.copy', { path })}`),
    `  ${t('erasing.elsewhere')}`,
  ];
  return lines;
}
