/** How far sound gets from here. */
export interface NetworkReport {
  stun: 'answered' | 'silent' | 'none';
  turn: 'answered' | 'silent' | 'none';
  rttMs?: number | undefined;
  lossPercent?: number | undefined;
}
