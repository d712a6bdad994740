import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeTone } from '../../../scripts/resources/tone.mjs';
import type { Desk } from './desk.ts';
import type { StageAgent } from './relay.ts';
import type { World } from './world.ts';

/** An agent whose microphone sends a pitch of their own, so that one hears who speaks. */
export interface Player extends StageAgent {
  hz: number;
}

export const ana: Player = { id: 'ana', name: 'Ana Lima', hz: 1000 };
export const bea: Player = { id: 'bea', name: 'Bea Rocha', hz: 1500 };
export const cara: Player = { id: 'cara', name: 'Cara Nunes', hz: 2200 };
export const sol: Player = { id: 'sol', name: 'Sol Prado', hz: 3100, role: 'supervisor' };
/** Everybody who may play. */
export const players = [ana, bea, cara, sol];

const caller = { waId: '5511987654321', name: 'Camila Souza' };
export const callerHz = 440;

/** Pitches closer than this are the same one. */
export const SAME_HZ = 30;
const HEARD_MS = 30_000;

/** Writes what a player's microphone picks up, and gives the file's path. */
export function microphoneOf({ id, hz }: Player, folder: string): string {
  const path = join(folder, `microphone-${id}.wav`);
  writeTone(path, hz, 4);
  return path;
}

/**
 * Has the window send what its microphone picks up as it is, from the next call on. Steady tones are what the browser's
 * noise suppression and echo cancellation take away: beside other tones for seconds, as no voice would be.
 */
export async function sendTonesAsTheyAre({ window }: Desk): Promise<void> {
  await window.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = ({ audio, ...others } = {}) => {
      const asked = typeof audio === 'object' ? audio : {};
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      return open({ ...others, audio: { ...asked, ...plain } });
    };
  });
}

/** A button of the main window, by its accessible name. */
const button = (window: Page, name: string) => window.getByRole('button', { name, exact: true });

/** The caller rings; gives the provider's id of the call. */
export async function ringAt({ simulator }: World, desks: readonly Desk[]): Promise<string> {
  const { callId } = await simulator.startCall({ customer: caller, kind: 'tone', hz: callerHz });
  await Promise.all(desks.map(({ window }) => button(window, 'Accept').waitFor()));
  return callId;
}

/** Takes what rings, and waits until the console says that the call is up. */
export async function accept({ window }: Desk): Promise<void> {
  await button(window, 'Accept').click();
  await onCall(window);
}

/** Waits until the console says that the call is up. */
export async function onCall(window: Page): Promise<void> {
  await window.getByText('On call', { exact: true }).waitFor();
}

/** The caller calls, and this desk talks with them. Gives the provider's id of the call. */
export async function talk(world: World, desk: Desk, player: Player): Promise<string> {
  const callId = await ringAt(world, [desk]);
  await accept(desk);
  await customerHears(world, callId, player);
  return callId;
}

/** Offers the call to a teammate, as an agent does it: button, teammate, note, and the way. */
export async function transfer(
  { window }: Desk,
  to: { name: string },
  { consult = false, note }: { consult?: boolean; note?: string } = {},
): Promise<void> {
  await openTransfer(window);
  await window.getByRole('option', { name: new RegExp(to.name) }).click();
  const dialog = window.getByRole('dialog');
  if (note !== undefined) await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
  const way = consult ? `Ask ${to.name} first` : 'Transfer';
  await dialog.getByRole('button', { name: way, exact: true }).click();
}

/** Opens the transfer dialog with its list of teammates. */
export async function openTransfer(window: Page): Promise<void> {
  await button(window, 'Transfer').click();
  await window.getByRole('combobox', { name: 'Teammate' }).click();
}

/** Waits until the customer's last second of sound is this agent's tone. */
export async function customerHears(
  { simulator }: World,
  callId: string,
  player: Player,
): Promise<void> {
  await simulator.waitFor(
    () => {
      const hz = simulator.report(callId)?.media.toneHz ?? 0;
      return Math.abs(hz - player.hz) < SAME_HZ;
    },
    { what: `${player.name}'s tone at the customer`, timeoutMs: HEARD_MS },
  );
}

/** Waits until the customer hears something, and it is no agent's tone. */
export async function customerHearsHold({ simulator }: World, callId: string): Promise<void> {
  await simulator.waitFor(
    () => {
      const hz = simulator.report(callId)?.media.toneHz;
      if (hz === null || hz === undefined) return false;
      return players.every((player) => Math.abs(hz - player.hz) >= SAME_HZ);
    },
    { what: 'hold audio at the customer', timeoutMs: HEARD_MS },
  );
}

/** The longest stretch since then in which the customer heard nothing at all, ms. */
export function longestPause({ simulator }: World, callId: string, since: number): number {
  const pauses = simulator.report(callId)?.media.pauses ?? [];
  const lengths = pauses.filter(({ until }) => until >= since).map(({ ms }) => ms);
  return Math.max(0, ...lengths);
}

/** Waits until the provider has ended the call; gives who ended it. */
export async function ended({ simulator }: World, callId: string): Promise<string> {
  const end = await simulator.waitFor(() => simulator.report(callId)?.end, {
    what: 'the end of the call',
    timeoutMs: HEARD_MS,
  });
  return end.by;
}
