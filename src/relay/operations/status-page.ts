import { createHash } from 'node:crypto';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { NotReady, Obstacle, Status } from './status.ts';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884 }
.no { color: light-dark(#b3261e, #ffb4ab) }
`;

/** How often the page refreshes itself, in seconds. */
const REFRESH_SECONDS = 10;

/**
 * Only this page's own style is allowed: no scripts, images, forms or frames. Names come from
 * outside; even an unescaped one could do nothing.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The status as a page without scripts. */
export function statusPage(status: Status): string {
  const { numbers, agents, calls } = status;
  const state =
    status.notReady.length === 0
      ? `<p>${text(t('admin.ready'))}</p>`
      : status.notReady.map((why) => `<p class="no">${text(notReadyText(why))}</p>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>${text(t('admin.title'))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text(t('admin.title'))}</h1>
${state}
<h2>${text(t('admin.numbers'))}</h2>
${table(
  [
    t('admin.number'),
    t('admin.workspace'),
    t('admin.path'),
    t('admin.lastWebhook'),
    t('admin.canRing'),
  ],
  numbers.map(({ id, workspace, path, lastWebhookAt, obstacle }) => [
    text(id),
    text(workspace),
    text(path),
    text(lastWebhookAt === undefined ? t('admin.never') : ago(status.at - lastWebhookAt)),
    obstacle === undefined
      ? text(t('admin.yes'))
      : `<span class="no">${text(obstacleText(obstacle))}</span>`,
  ]),
)}
<h2>${text(t('admin.agents'))}</h2>
${table(
  [t('admin.agent'), t('admin.workspace'), t('admin.presence'), t('admin.lag')],
  agents.map(({ id, name, workspace, presence, lag }) => [
    text(`${name} (${id})`),
    text(workspace),
    text(presence),
    text(lag === undefined ? '–' : String(lag)),
  ]),
)}
<h2>${text(t('admin.calls'))}</h2>
${table(
  [t('admin.number'), t('admin.direction'), t('admin.state'), t('admin.agent'), t('admin.since')],
  calls.map(({ accountId, direction, state, agent, startedAt }) => [
    text(accountId),
    text(direction),
    text(state),
    text(agent ?? '–'),
    text(startedAt === undefined ? '–' : ago(status.at - startedAt)),
  ]),
)}
</body>
</html>
`;
}

function notReadyText(why: NotReady): string {
  switch (why) {
    case 'closing':
      return t('admin.closing');
    case 'draining':
      return t('admin.draining');
    case 'store':
      return t('admin.storeFails');
    case 'media':
      return t('admin.mediaFails');
    default:
      return assertNever(why, 'reason');
  }
}

function obstacleText(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'external':
      return t('admin.external');
    case 'closing':
      return t('admin.closing');
    case 'draining':
      return t('admin.draining');
    case 'media':
      return t('admin.mediaFails');
    case 'no-webhook':
      return t('admin.noWebhook');
    case 'nobody-may':
      return t('admin.nobodyMay');
    case 'nobody-connected':
      return t('admin.nobodyConnected');
    case 'nobody-available':
      return t('admin.nobodyAvailable');
    default:
      return assertNever(obstacle, 'obstacle');
  }
}

/** @param rows cells as HTML */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `<p>${text(t('admin.none'))}</p>`;
  const head = heads.map((one) => `<th scope="col">${text(one)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('admin.secondsAgo', { count: seconds });
  if (seconds < 3_600) return t('admin.minutesAgo', { count: Math.round(seconds / 60) });
  if (seconds < 86_400) return t('admin.hoursAgo', { count: Math.round(seconds / 3_600) });
  return t('admin.daysAgo', { count: Math.round(seconds / 86_400) });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for HTML. */
const text = (plain: string): string => plain.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
