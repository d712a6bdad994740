/** What a scenario of the team was like, measured at the customer, in the consoles and in their logs. */
export interface ScenarioReport {
  scenario: string;
  /** How many consoles played, in real Electron. */
  consoles: number;
  /** Longest stretch without sound at the customer when the call went to another agent, or back, ms. */
  audioGapMs: number | null;
  /** From the offer to the teammate until the call was back, as the first agent read it, ms. */
  revertAfterMs: number | null;
  /** Why a figure above is null. */
  notes: string[];
  /** Who the customer heard, in order: agents by their pitch, `hold` for anything else. */
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
