import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';
import { inProject } from '../runtime/project.mjs';

/** What becomes a page: everything written for readers, where it stands. */
const SOURCES = ['*.md', '{docs,deploy,resources,scripts,src,test}/**/*.md'];

/**
 * @typedef {object} Page
 * @property {string} address relative to the site's root, such as `docs/guide/calls.html`
 * @property {string} title
 * @property {string} html
 * @property {string[]} files other files of the project that it links to or shows
 */

/**
 * Every Markdown file of the project as a page; a README is the index of its folder.
 * @returns {Map<string, Page>} by its path in the project
 */
export function readPages() {
  const sources = globSync(SOURCES, { cwd: inProject() }).map((it) => it.replaceAll('\\', '/'));
  return new Map(sources.toSorted().map((source) => [source, readPage(source)]));
}

/** @param {string} source @returns {Page} */
function readPage(source) {
  const text = readFileSync(inProject(source), 'utf8');
  /** @type {{ source: string, files: string[] }} */
  const env = { source, files: [] };
  const html = markdown.render(text, env);
  const title = /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? source;
  return { address: addressOf(source), title, html, files: env.files };
}

/** @param {string} source */
const addressOf = (source) => source.replace(/README\.md$/, 'index.md').replace(/md$/, 'html');

/** The names that code hosts give to the anchors of headings. @param {string} text */
const slugify = (text) =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const markdown = new MarkdownIt({ html: true }).use(anchor, { slugify });
follow('link_open', 'href');
follow('image', 'src');
const tableOpen = '<div class="table" tabindex="0">\n<table>\n';
markdown.renderer.rules['table_open'] = () => tableOpen;
markdown.renderer.rules['table_close'] = () => '</table>\n</div>\n';

/**
 * Points the links of a kind at pages instead of Markdown, and notes which other files they need.
 * @param {'image' | 'link_open'} rule @param {'href' | 'src'} attribute
 */
function follow(rule, attribute) {
  const original = markdown.renderer.rules[rule];
  markdown.renderer.rules[rule] = (tokens, index, options, env, renderer) => {
    const token = tokens[index];
    const target = token?.attrGet(attribute);
    if (token && target && !/^(?:[a-z]+:|#)/i.test(target)) {
      token.attrSet(attribute, resolve(target, env));
    }
    return original
      ? original(tokens, index, options, env, renderer)
      : renderer.renderToken(tokens, index, options);
  };
}

/** @param {string} target @param {{ source: string, files: string[] }} env */
function resolve(target, { source, files }) {
  const [path = '', hash] = target.split('#');
  const end = hash === undefined ? '' : `#${hash}`;
  if (path.endsWith('.md')) return addressOf(path) + end;
  const file = posix.join(posix.dirname(source), path);
  if (!existsSync(inProject(file))) return target; // the check of links names it
  if (statSync(inProject(file)).isDirectory()) return `${posix.join(path, 'index.html')}${end}`;
  files.push(file);
  return target;
}
