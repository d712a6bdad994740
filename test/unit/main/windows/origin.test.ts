import { describe, expect, it } from 'vitest';
import { PageOrigin } from '../../../../src/main/windows/origin.ts';

describe('Origin', () => {
  it('H1 accepts its own pages only', () => {
    const origin = new PageOrigin(undefined);
    expect(origin.owns(origin.page('index.html'))).toBe(true);
    expect(origin.owns('http://localhost:5173/index.html')).toBe(false);
    expect(origin.owns('app://other/index.html')).toBe(false);
    expect(origin.contentSecurityPolicy()).not.toContain('unsafe');
  });

  it('is Vite’s server in development', () => {
    const origin = new PageOrigin('http://localhost:5173');
    expect(origin.page('ring.html')).toBe('http://localhost:5173/ring.html');
    expect(origin.owns('http://localhost:5174/')).toBe(false);
    expect(origin.owns('app://ringdesk/index.html')).toBe(false);
  });
});

describe('documents', () => {
  it.each(['app://ringdesk/index.html', 'app://ringdesk/ring.html', 'app://ringdesk/index.html#x'])(
    'L2 %s is a page of ours',
    (address) => expect(new PageOrigin(undefined).isPage(address)).toBe(true),
  );

  it.each([
    'app://ringdesk/',
    'app://ringdesk/nope',
    'app://ringdesk/assets/index.js',
    'app://ringdesk/index.html/',
    'app://ringdesk//index.html',
    'app://ringdesk/assets/../assets/x.html',
    'app://ringdesk/INDEX.html',
    'app://ringdesk:1/index.html',
    'app://ana@ringdesk/index.html',
    'app://ringdesk.evil/index.html',
    'http://ringdesk/index.html',
    'https://example.com/index.html',
    'file:///index.html',
    'data:text/html,x',
    'about:blank',
    'javascript:alert(1)',
    '',
    undefined,
  ])('L2 %s is not, and nothing navigates there', (address) => {
    expect(new PageOrigin(undefined).isPage(address)).toBe(false);
  });
});
