import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, packageFolder } from '../runtime/project.mjs';
import { run } from '../runtime/run.mjs';

/**
 * @typedef {object} Component a part of the package, as CycloneDX describes it
 * @property {string} name
 * @property {string} version
 * @property {{ license?: { id?: string, name?: string }, expression?: string }[]} [licenses]
 */

/**
 * Writes what a package has to bring about its parts: a bill of materials (CycloneDX 1.5) and the licences of all
 * dependencies. Electron's and Chromium's own lie beside the program.
 * @param {string} folder
 * @param {string} electronVersion
 */
export async function writeLegal(folder, electronVersion) {
  await mkdir(folder, { recursive: true });
  // What is optional is a Node for the scripts.
  const parts = ['--omit=dev', '--omit=optional'];
  const sbom = JSON.parse(
    await run('npm', ['sbom', ...parts, '--sbom-format=cyclonedx', '--sbom-type=application']),
  );
  sbom.metadata.component.name = 'ringdesk';
  /** @type {Component[]} */
  const components = sbom.components;
  const texts = [await readFile(inProject('LICENSE'), 'utf8')];
  for (const { name, version, licenses } of components) {
    const text = await licenceOf(name);
    const named = licenses?.map(
      ({ license, expression }) => expression ?? license?.id ?? license?.name,
    );
    texts.push(
      `${name} ${version} (${named?.join(', ') ?? 'see below'})\n\n${text ?? '(no text)'}`,
    );
  }
  sbom.components.push(electronComponent(electronVersion));
  await writeFile(join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
  const line = `\n${'='.repeat(80)}\n\n`;
  await writeFile(join(folder, 'licences.txt'), texts.map((text) => text.trim()).join(`\n${line}`));
}

/** @param {string} version */
const electronComponent = (version) => ({
  'bom-ref': `electron@${version}`,
  type: 'framework',
  name: 'electron',
  version,
  purl: `pkg:npm/electron@${version}`,
  licenses: [{ license: { id: 'MIT' } }],
});

/** The text of a dependency's licence, as it was published. @param {string} name */
async function licenceOf(name) {
  const folder = packageFolder(name);
  const files = await readdir(folder).catch(() => /** @type {string[]} */ ([]));
  const file = files.find((one) => /^(licen[cs]e|copying)/i.test(one));
  return file && readFile(join(folder, file), 'utf8');
}

/** The release notes of a version: its section of the changelog. @param {string} version */
export async function releaseNotes(version) {
  const changelog = await readFile(inProject('CHANGELOG.md'), 'utf8');
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => one.startsWith(version) || one.startsWith(`[${version}]`));
  return section?.slice(section.indexOf('\n')).trim();
}

/** The version in package.json. */
export const ownVersion = () =>
  readFile(inProject('package.json'), 'utf8').then((text) => String(JSON.parse(text).version));
