import './runtime/node24.mjs';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LinkChecker, LinkState } from 'linkinator';
import { childEnv, inProject } from './runtime/project.mjs';
import { follow, runMain } from './runtime/run.mjs';
import { laidOut } from './site/layout.mjs';
import { readPages } from './site/pages.mjs';

/*
 * npm run docs: the documentation as a static site in dist/docs; fails if a link or an anchor leads nowhere.
 * With --pictures, the end-to-end test that opens every view takes docs/pictures anew first.
 */

const site = inProject('dist', 'docs');

await runMain(async () => {
  if (process.argv.includes('--pictures')) {
    const views = ['test:e2e', '--', '/pictures.spec.ts'];
    const env = childEnv({ RINGDESK_E2E_PICTURES: inProject('docs', 'pictures') });
    const code = await follow('npm', ['run', '--silent', ...views], { env });
    if (code !== 0) return code;
  }
  rmSync(site, { recursive: true, force: true });
  const pages = readPages();
  for (const [source, { address }] of pages) write(address, laidOut(source, pages));
  const files = new Set([...pages.values()].flatMap((page) => page.files));
  for (const file of ['resources/icon.png', ...files]) copy(file, file);
  copy('scripts/site/site.css', 'site.css');
  const broken = await brokenLinks([...pages.values()].map(({ address }) => address));
  for (const line of broken) process.stderr.write(`${line}\n`);
  process.stdout.write(`dist/docs: ${pages.size} pages, ${broken.length} broken links\n`);
  return broken.length === 0 ? 0 : 1;
});

/** @param {string} address @param {string} html */
function write(address, html) {
  mkdirSync(dirname(join(site, address)), { recursive: true });
  writeFileSync(join(site, address), html);
}

/** @param {string} file in the project @param {string} address on the site */
function copy(file, address) {
  mkdirSync(dirname(join(site, address)), { recursive: true });
  cpSync(inProject(file), join(site, address));
}

/**
 * What leads nowhere within the site. Other servers come and go, and many machines do not reach them.
 * @param {string[]} path
 */
async function brokenLinks(path) {
  const { links } = await new LinkChecker().check({
    path,
    serverRoot: site,
    checkFragments: true,
    linksToSkip: ['^https:'],
  });
  const broken = links.filter(({ state }) => state === LinkState.BROKEN);
  const lines = broken.map(({ parent, url }) => `${parent ?? 'The site'}: ${url} leads nowhere`);
  return [...new Set(lines)].toSorted();
}
