import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../runtime/run.mjs';
import { filesBeneath, layOut, writeText, writeWhole } from './tree.mjs';

/** @typedef {import('./fpm-arguments.mjs').PackageOrder} PackageOrder */

/** rpm's names of processors. @type {Readonly<Record<string, string>>} */
const ARCHITECTURES = { amd64: 'x86_64', arm64: 'aarch64' };
/** rpm's names of compressions. @type {Readonly<Record<string, string>>} */
const PAYLOADS = { xzmt: 'w7T0.xzdio', gzip: 'w6.gzdio', store: 'w0.gzdio', none: 'w0.gzdio' };

/**
 * Makes an RPM package.
 * @param {PackageOrder} order
 * @param {string} scratch an empty folder
 */
export async function makeRpm(order, scratch) {
  const root = join(scratch, 'root');
  await layOut(order, root);
  const files = await filesBeneath(root);
  const script = (/** @type {string | undefined} */ file) => (file ? readFile(file, 'utf8') : '');
  const spec = join(scratch, 'ringdesk.spec');
  const scripts = {
    afterInstall: await script(order.afterInstall),
    afterRemove: await script(order.afterRemove),
  };
  await writeText(spec, specFile(order, scripts, files));
  const target = join(scratch, 'rpms');
  const define = (/** @type {string} */ name, /** @type {string} */ value) => [
    '--define',
    `${name} ${value}`,
  ];
  await run('rpmbuild', [
    '-bb',
    ...define('_topdir', join(scratch, 'top')),
    ...define('_rpmdir', target),
    ...define('ringdesk_tree', root),
    '--buildroot',
    join(scratch, 'buildroot'),
    '--target',
    ARCHITECTURES[order.architecture] ?? order.architecture,
    spec,
  ]);
  const [folder] = await readdir(target);
  const [made] = await readdir(join(target, folder ?? ''));
  await writeWhole(order.file, (partial) =>
    run('cp', [join(target, folder ?? '', made ?? ''), partial]),
  );
}

/**
 * @param {PackageOrder} order
 * @param {{ afterInstall: string, afterRemove: string }} scripts
 * @param {readonly { path: string }[]} files
 */
export function specFile(order, scripts, files) {
  // In a spec file a percent sign begins a macro.
  const plain = (/** @type {string} */ text) => text.replaceAll('%', '%%');
  const opt = files.some(({ path }) => path.startsWith('opt/'));
  const others = files.filter(({ path }) => !path.startsWith('opt/'));
  return `${[
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    '%global debug_package %{nil}',
    `%global _binary_payload ${PAYLOADS[order.compression] ?? 'w7T0.xzdio'}`,
    // Chromium's libraries come with it, and are for nobody else.
    'AutoReqProv: no',
    `Name: ${order.name}`,
    `Version: ${order.version}`,
    'Release: 1',
    `Summary: ${plain(order.summary)}`,
    `License: ${order.license}`,
    `URL: ${plain(order.url)}`,
    `Packager: ${plain(order.maintainer)}`,
    ...order.depends.map((one) => `Requires: ${one}`),
    '',
    '%description',
    plain(order.description),
    '',
    // The prepared tree is taken as it is: nothing is compiled, stripped or scanned.
    '%install',
    'mv %{ringdesk_tree}/* %{buildroot}/',
    '',
    '%post',
    plain(scripts.afterInstall.trim()),
    '',
    '%postun',
    plain(scripts.afterRemove.trim()),
    '',
    '%files',
    '%defattr(-,root,root,-)',
    ...(opt ? ['"/opt/Ringdesk"'] : []),
    ...others.map(({ path }) => `"/${plain(path)}"`),
  ].join('\n')}\n`;
}
