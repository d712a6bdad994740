/** Everything needed to start Ringdesk's Electron; see `prepare.mjs`. */
export interface Runtime {
  electronPath: string;
  electronVersion: string;
  env: NodeJS.ProcessEnv;
  args: string[];
  dispose: () => Promise<void>;
}

/** Prepares it; see `prepare.mjs`. */
export function prepare(options: {
  display?: boolean;
  isolated?: boolean;
  keyring?: boolean;
  onStep?: (line: string) => void;
}): Promise<Runtime>;
