import { posix } from 'node:path';
import navigation from './navigation.json' with { type: 'json' };

/** @typedef {import('./pages.mjs').Page} Page */

/**
 * A page with the site's navigation around it.
 * @param {string} source its path in the project
 * @param {ReadonlyMap<string, Page>} pages
 * @throws if the navigation names a page that is not there
 */
export function laidOut(source, pages) {
  const page = pageOf(source, pages);
  const folder = posix.dirname(page.address);
  /** @param {string} address */
  const from = (address) => posix.relative(folder, address);
  const groups = navigation.map(({ title, entries }) => {
    const items = entries.map(([name, of]) => {
      const here = of === source ? ' aria-current="page"' : '';
      return `<li><a href="${from(pageOf(of, pages).address)}"${here}>${escape(name)}</a></li>`;
    });
    return `<h2>${escape(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}${page.title === 'Ringdesk' ? '' : ' – Ringdesk'}</title>
<link rel="icon" href="${from('resources/icon.png')}">
<link rel="stylesheet" href="${from('site.css')}">
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<details class="menu" open>
<summary>Contents</summary>
<nav aria-label="Documentation">
${groups.join('\n')}
</nav>
</details>
<main id="content">
${page.html}</main>
</body>
</html>
`;
}

/** @param {string} source @param {ReadonlyMap<string, Page>} pages */
function pageOf(source, pages) {
  const page = pages.get(source);
  if (!page) throw new Error(`${source}, which navigation.json names, is not there.`);
  return page;
}

/** @param {string} text */
const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
