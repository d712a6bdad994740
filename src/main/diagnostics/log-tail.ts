import { open } from 'node:fs/promises';

/** An entry of the log, of one or more lines. */
interface LogLine {
  at: string;
  level: string;
  text: string;
}

/** Some hours of work. */
const TAIL_BYTES = 256 * 1024;

/** The last entries of a log file, oldest first; none if it cannot be read. */
export async function logTail(file: string): Promise<readonly LogLine[]> {
  let text: string;
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const from = Math.max(0, size - TAIL_BYTES);
      const bytes = Buffer.alloc(size - from);
      await handle.read(bytes, 0, bytes.length, from);
      text = bytes.toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return [];
  }
  const lines: LogLine[] = [];
  for (const line of text.split('\n')) {
    const parts = /^\[([\d :.-]+)\] \[(\w+)\]\s+(.*)$/.exec(line);
    const last = lines.at(-1);
    if (parts) {
      const [, at = '', level = '', text = ''] = parts;
      lines.push({ at: at.replace(' ', 'T'), level, text });
    } else if (last && line.trim() !== '') {
      // An error's origin, or anything else of several lines.
      last.text += `\n${line}`;
    }
  }
  return lines;
}
