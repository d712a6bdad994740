import { t } from '../../shared/i18n/i18n.ts';
import { dialCountry, parsePhone } from '../../shared/lib/phone.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { isFree, teamTargets, transferTargets } from '../features/call-card/teammates.ts';
import type { Command } from '../features/palette/commands.ts';
import { partyName } from '../lib/party.ts';
import { act } from '../state/requests.ts';
import { engagedCall, firstRinging, keysFor } from '../state/snapshot-store.ts';
import { askForDemo, focusSearch, prepareDial, show, useUi, type View } from '../state/ui.ts';
import type { IconName } from '../ui/icon.tsx';

const places: readonly (readonly [View, IconName])[] = [
  ['todo', 'check'],
  ['recent', 'history'],
  ['history', 'history'],
  ['calls', 'phone'],
  ['contacts', 'person'],
  ['team', 'headset'],
  ['insight', 'chart'],
  ['demo', 'people'],
  ['start', 'check'],
  ['ready', 'pulse'],
  ['settings', 'settings'],
];

/** The commands available now. */
export function commandsFor(
  snapshot: Snapshot,
  typed: string,
  accountId?: string,
): readonly Command[] {
  const { accounts, settings } = snapshot;
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const parsed = parsePhone(typed, dialCountry(account, settings));
  const callTyped: Command[] = parsed.ok
    ? [
        {
          id: 'call-typed',
          label: `${t('common.call')} ${parsed.value.number.display}`,
          icon: 'phone',
          always: true,
          run: () => prepareDial(parsed.value.number.e164.slice(1)),
        },
      ]
    : [];
  return [
    ...callTyped,
    ...callCommands(snapshot),
    ...teamCommands(snapshot),
    ...demoCommands(snapshot),
    ...otherCommands(snapshot),
  ];
}

function callCommands(snapshot: Snapshot): readonly Command[] {
  const { calls } = snapshot;
  const ringing = firstRinging(calls);
  const declined = calls.find(({ phase }) => phase.name === 'ringing' && phase.declined);
  const engaged = engagedCall(calls);
  const commands: Command[] = [];
  if (ringing) {
    const name = partyName(ringing.party);
    const keys = keysFor(ringing, snapshot);
    commands.push(
      {
        id: 'accept',
        label: `${t('common.accept')} ${name}`,
        icon: 'phone',
        keys: engaged ? undefined : keys.accept,
        blocked: engaged ? t('ring.cannotAcceptBusy') : undefined,
        run: () => void act('calls.accept', { callId: ringing.id }),
      },
      {
        id: 'decline',
        label: `${t('common.decline')} ${name}`,
        icon: 'hangup',
        keys: keys.decline,
        run: () => void act('calls.decline', { callId: ringing.id }),
      },
    );
  }
  if (declined) {
    commands.push({
      id: 'undo-decline',
      label: t('ring.undoDecline', { name: partyName(declined.party) }),
      icon: 'back',
      run: () => void act('calls.undo-decline', { callId: declined.id }),
    });
  }
  if (engaged) {
    commands.push(
      {
        id: 'mute',
        label: engaged.muted ? t('common.unmute') : t('common.mute'),
        icon: engaged.muted ? 'micOff' : 'mic',
        keys: 'M',
        run: () => void act('calls.mute', { callId: engaged.id, muted: !engaged.muted }),
      },
      {
        id: 'hang-up',
        label: t('common.hangUp'),
        icon: 'hangup',
        run: () => void act('calls.hang-up', { callId: engaged.id }),
      },
    );
  }
  return commands;
}

/** Commands for a relayed call. */
function teamCommands({ calls, team, agent }: Snapshot): readonly Command[] {
  const call = engagedCall(calls);
  if (call?.team === undefined || call.phase.name !== 'connected') return [];
  const { id: callId, accountId } = call;
  const target = { accountId, self: agent?.id };
  const { onHold, asking, consulting } = call.team;
  const cancel = () => void act('calls.transfer-cancel', { callId });
  if (asking) {
    const label = t('team.cancelTransfer');
    return [{ id: 'cancel-transfer', label, icon: 'close', run: cancel }];
  }
  if (consulting) {
    if (consulting.asked) return [];
    const complete = () => void act('calls.transfer-complete', { callId });
    return [
      {
        id: 'complete-transfer',
        label: t('team.completeTransfer'),
        icon: 'transfer',
        run: complete,
      },
      { id: 'take-back', label: t('team.takeBack'), icon: 'back', run: cancel },
    ];
  }
  return [
    {
      id: 'hold',
      label: onHold ? t('team.resume') : t('team.hold'),
      icon: onHold ? 'play' : 'pause',
      run: () => void act(onHold ? 'calls.resume' : 'calls.hold', { callId }),
    },
    ...teamTargets(team, target).map((one): Command => ({
      id: `transfer-team-${one.name}`,
      label: t('team.transferTo', { name: one.name }),
      icon: 'transfer',
      blocked: one.reachable > 0 ? undefined : t('team.teamUnreachable'),
      run: () => void act('calls.transfer-to-team', { callId, team: one.name }),
    })),
    ...transferTargets(team, target).map((one): Command => ({
      id: `transfer-${one.id}`,
      label: t('team.transferTo', { name: one.name }),
      icon: 'transfer',
      blocked: isFree(one) ? undefined : t(`team.presences.${one.presence}`),
      run: () => void act('calls.transfer', { callId, to: one.id, mode: 'blind' }),
    })),
  ];
}

/** Whether the window is dark now; the system decides if the agent has not. */
function isDark(theme: Snapshot['settings']['theme']): boolean {
  return theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

/** The ways to the demo and out of it, found by its name. */
function demoCommands({ app, organisation }: Snapshot): readonly Command[] {
  const also = t('common.demoShort');
  if (app.ownNumbersOf !== undefined) {
    const label = t('workspaces.backToOwn', { agent: app.ownNumbersOf });
    const run = () => void act('profile.use-own', {});
    return [{ id: 'back-to-own', label, also, icon: 'back', run }];
  }
  if (app.workspace === 'demo') {
    const label = t('workspaces.setUp');
    return [{ id: 'set-up', label, also, icon: 'back', run: () => show('start') }];
  }
  const blocked = organisation?.off.includes('demo') ? t('policy.locked') : undefined;
  const label = t('welcome.takeDemo');
  return [{ id: 'to-demo', label, also, icon: 'people', blocked, run: askForDemo }];
}

function otherCommands({ app, presence, settings, team }: Snapshot): readonly Command[] {
  const dark = isDark(settings.theme);
  const shown = places.filter(([view]) => {
    if (view === 'demo') return app.workspace === 'demo';
    return view !== 'team' || team.length > 1;
  });
  return [
    ...shown.map(([view, icon]): Command => ({
      id: view,
      label: t('palette.goTo', { view: t(`views.${view}`) }),
      icon,
      run: () => show(view),
    })),
    {
      id: 'keys',
      label: t('todo.actions.keys'),
      icon: 'info',
      keys: '?',
      run: () => useUi.setState({ keysOpen: true }),
    },
    { id: 'search', label: t('history.searchCalls'), icon: 'search', keys: '/', run: focusSearch },
    {
      id: 'dnd',
      label: presence.dnd ? t('palette.turnDndOff') : t('palette.turnDndOn'),
      icon: presence.dnd ? 'bell' : 'moon',
      run: () => void act('presence.set', { presence: presence.dnd ? 'available' : 'dnd' }),
    },
    {
      id: 'theme',
      label: dark ? t('palette.goLight') : t('palette.goDark'),
      icon: 'moon',
      run: () => void act('settings.set', { settings: { theme: dark ? 'light' : 'dark' } }),
    },
    ...(settings.theme === 'system'
      ? []
      : [
          {
            id: 'theme-system',
            label: t('palette.goSystem'),
            icon: 'moon',
            run: () => void act('settings.set', { settings: { theme: 'system' } }),
          } as const,
        ]),
    {
      id: 'export',
      label: t('exporting.exportTitle'),
      icon: 'export',
      run: () =>
        useUi.setState(({ exportRequests }) => ({
          view: 'history',
          exportRequests: exportRequests + 1,
        })),
    },
    {
      id: 'import',
      label: t('welcome.importProfile'),
      icon: 'shield',
      run: () => void act('profile.import', {}),
    },
  ];
}
