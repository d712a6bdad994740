/** How far sound gets from here. */
export interface NetworkReport {
  stun: 'answered' | 'silent' | 'none';
  turn: 'answered' | 'silent' | 'none';
  turnByUdp?: 'answered' | 'silent' | 'none' | undefined;
  rttMs?: number | undefined;
  lossPercent?: number | undefined;
}
