/** What one call was like, measured at both ends. `null`: could not be measured. */
export interface CallFigures {
  /** The customer's (or the agent's) first move to the ring at the other end, ms. */
  ringMs: number | null;
  /** Accept, or the customer's pick-up, to the first sound in the agent's ear, ms. */
  acceptToAudioMs: number | null;
  /** Pitch the agent heard: what Chromium decoded, measured with Web Audio, Hz. */
  downlinkToneHz: number | null;
  /** Pitch the customer heard: Opus decoded at the customer's side, Hz. */
  uplinkToneHz: number | null;
  /** Both directions together. */
  packetsLost: number | null;
  /** As the provider reported it. */
  durationSeconds: number | null;
}

export interface DemoReport {
  /** Version of the Electron that played. */
  electron: string;
  /** Whether that is the Electron that package.json names. */
  official: boolean;
  inbound: CallFigures;
  outbound: CallFigures;
  /** Whether a call nobody took is in the log as missed. */
  missed: boolean;
  log: { rows: number };
  export: { path: string; rows: number };
}
