/** A desktop for Electron on Linux; see `display.mjs`. */
export function openDesktop(
  wishes: { isolated?: boolean; keyring?: boolean },
  say: (line: string) => void,
): Promise<{
  env: Record<string, string>;
  args: string[];
  description: string | undefined;
  dispose: () => Promise<void>;
}>;
