import { expect, it } from 'vitest';
import { remoteSession } from '../../../../src/main/os/remote-session.ts';

const cloud = String.raw`HKLM\SOFTWARE\Microsoft\Windows365`;
const service = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\CloudManagedDesktopExtension`;
const azure = String.raw`HKLM\SOFTWARE\Microsoft\RDInfraAgent`;

it.each([
  ['win32', { SESSIONNAME: 'Console' }, [], undefined],
  ['win32', {}, [cloud], undefined],
  ['win32', { SESSIONNAME: 'ICA-CGP#3' }, [], 'citrix'],
  ['win32', { sessionname: 'ICA-TCP#0' }, [], 'citrix'],
  ['win32', { SESSIONNAME: 'Console', ViewClient_Protocol: 'BLAST' }, [], 'horizon'],
  ['win32', { SESSIONNAME: 'RDP-Tcp#12' }, [], 'rdp'],
  // The client for Windows 365 on a computer that somebody controls remotely.
  ['win32', { SESSIONNAME: 'RDP-Tcp#12' }, [cloud], 'rdp'],
  ['win32', { SESSIONNAME: 'rdp-sxs260209400#0' }, [azure], 'avd'],
  ['win32', { SESSIONNAME: 'rdp-sxs260209400#0' }, [cloud, service, azure], 'windows365'],
  ['linux', { XRDP_SESSION: '1' }, [], 'rdp'],
  ['linux', { SESSIONNAME: 'RDP-Tcp#1' }, [], undefined],
  ['darwin', {}, [], undefined],
] as const)('%s with %j and %j is %s', async (platform, env, keys: readonly string[], session) => {
  const hasKey = (key: string) => Promise.resolve(keys.includes(key));
  expect(await remoteSession({ platform, env, hasKey })).toBe(session);
});
