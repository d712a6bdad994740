/** A team scenario measured at the customer, in the consoles and in their logs. */
export interface ScenarioReport {
  scenario: string;
  /** Number of consoles, in real Electron. */
  consoles: number;
  /** The customer's longest silence while the call moved to another agent or back, in ms. */
  audioGapMs: number | null;
  /** From the transfer offer until the first agent saw the call return, in ms. */
  revertAfterMs: number | null;
  /** Why a figure above is null. */
  notes: string[];
  /** Whom the customer heard, in order: agents by pitch, `hold audio` for anything else. */
  heardBy: string[];
  /** Who ended the call, in the provider's words. */
  ended: string;
  /** The call in the logs of all consoles. */
  logRows: LogRow[];
}

export interface LogRow {
  agent: string;
  outcome: string;
  end: string;
  talkSeconds: number | null;
  from: string | null;
  note: string | null;
  transfers: string[];
}
