/** @typedef {(text: string) => void} Say shows what is being done right now */

/**
 * Numbered steps on the terminal, one line each. A step that has nothing to do prints nothing, so
 * that only the first start is verbose.
 * @param {number} total
 * @param {(line: string) => void} [write]
 */
export function createProgress(total, write = (line) => process.stdout.write(`${line}\n`)) {
  let number = 0;
  return {
    /**
     * Prints a line outside any step.
     * @param {string} line
     */
    note: (line) => write(line),
    /**
     * @template T
     * @param {(say: Say) => Promise<T>} work
     * @returns {Promise<T>}
     */
    async step(work) {
      number += 1;
      const mark = `[${number}/${total}]`;
      const started = performance.now();
      let spoke = false;
      const result = await work((text) => {
        spoke = true;
        write(`${mark} ${text}`);
      });
      if (spoke) write(`${mark} done in ${seconds(performance.now() - started)}`);
      return result;
    },
  };
}

/**
 * A duration as people read it.
 * @param {number} ms
 */
export const seconds = (ms) => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : minutes(ms));

/** @param {number} ms */
const minutes = (ms) => `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
