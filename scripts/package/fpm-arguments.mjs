/**
 * @typedef {object} PackageOrder a package to make
 * @property {'deb' | 'rpm'} type
 * @property {string} file where to write it
 * @property {string} name
 * @property {string} version
 * @property {string} architecture
 * @property {string} maintainer
 * @property {string} url
 * @property {string} license
 * @property {string} summary one line
 * @property {string} description
 * @property {string} category Debian's section
 * @property {string[]} depends
 * @property {string[]} recommends
 * @property {string} compression `xz`, `gzip`, `none` …
 * @property {string | undefined} afterInstall a script
 * @property {string | undefined} afterRemove a script
 * @property {{ from: string, to: string }[]} files what goes where; a `from` that ends in a slash is a folder's content
 */

/** Switches without a value. */
const FLAGS = new Set(['--force', '--debug']);

/**
 * Reads a command line of fpm's, as far as electron-builder uses it.
 * @param {readonly string[]} args
 * @returns {PackageOrder}
 */
export function readFpmArguments(args) {
  /** @type {Map<string, string[]>} */
  const values = new Map();
  /** @type {PackageOrder['files']} */
  const files = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (FLAGS.has(arg)) continue;
    if (arg.startsWith('-')) {
      const value = args[++index];
      if (value === undefined) throw new Error(`${arg} lacks a value.`);
      values.set(arg, [...(values.get(arg) ?? []), value]);
      continue;
    }
    const split = arg.lastIndexOf('=');
    if (split === -1) throw new Error(`${arg} does not say where it goes.`);
    files.push({ from: arg.slice(0, split), to: arg.slice(split + 1) });
  }
  const one = (/** @type {string} */ name) => values.get(name)?.at(-1);
  const need = (/** @type {string} */ name) => {
    const value = one(name);
    if (value === undefined) throw new Error(`${name} is missing.`);
    return value;
  };
  const type = need('-t');
  if (type !== 'deb' && type !== 'rpm') throw new Error(`${type} packages cannot be made here.`);
  const [first = '', ...rest] = need('--description').split('\n');
  const description = rest.length > 0 ? rest.join('\n').trim() : first;
  return {
    type,
    file: need('--package'),
    name: need('--name'),
    version: need('--version'),
    architecture: need('--architecture'),
    maintainer: need('--maintainer'),
    url: need('--url'),
    license: one('--license') ?? 'unknown',
    summary: one('--rpm-summary') ?? first,
    description,
    category: one('--category') ?? 'misc',
    depends: values.get('-d') ?? [],
    recommends: values.get('--deb-recommends') ?? [],
    compression: one(`--${type}-compression`) ?? 'xz',
    afterInstall: one('--after-install'),
    afterRemove: one('--after-remove'),
    files,
  };
}
