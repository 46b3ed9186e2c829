import { beforeEach, describe, expect, it } from 'vitest';
import { guardNavigation } from '../../electron/navigation.ts';
import { FakeContents } from './fake-contents.ts';

const ELSEWHERE = [
  'https://example.org/',
  'http://127.0.0.1:4000/',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'javascript:alert(1)',
  'app://other/',
  'app://workbench.example.org/',
  'app://user@workbench/',
  'app://workbench:80/',
  'about:blank',
  'nonsense',
];

let page: FakeContents;
let opened: string[];
beforeEach(() => {
  page = new FakeContents();
  opened = [];
  guardNavigation(page.asElectron(), address => opened.push(address));
});

describe('where a page may go', () => {
  it.each(ELSEWHERE)('a page may not navigate away from the workbench: %s', url => {
    expect(page.goes('will-navigate', { url })).toBe(false);
    expect(page.goes('will-redirect', { url })).toBe(false);
    expect(opened).toEqual([]);
  });

  it('a page may load itself anew', () => {
    expect(page.goes('will-navigate', { url: 'app://workbench/' })).toBe(true);
    expect(page.goes('will-frame-navigate', { url: 'app://workbench/index.html#/traffic' })).toBe(true);
  });

  it('nothing is shown in a frame, not even the workbench', () => {
    expect(page.goes('will-frame-navigate', { url: 'https://example.org/', isMainFrame: false })).toBe(false);
    expect(page.goes('will-frame-navigate', { url: 'app://workbench/', isMainFrame: false })).toBe(false);
  });

  it('no other page is embedded', () => {
    expect(page.goes('will-attach-webview', { url: 'app://workbench/' })).toBe(false);
  });
});

describe('what a page may open', () => {
  it('a page opens no window, not even of its own', () => {
    expect(page.opens('app://workbench/')).toBe('deny');
    expect(page.opens('about:blank')).toBe('deny');
    expect(opened).toEqual([]);
  });

  it('an https link opens in the browser of the system', () => {
    expect(page.opens('https://github.com/ocpi/ocpi')).toBe('deny');
    expect(opened).toEqual(['https://github.com/ocpi/ocpi']);
  });

  it('the page of a workbench that shows a session log opens in the browser of the system', () => {
    const door = `http://127.0.0.1:41201/?token=${'a1B2_-'.repeat(6)}`;
    expect(page.opens(door)).toBe('deny');
    expect(opened).toEqual([door]);
  });

  it.each([
    'http://127.0.0.1:41201/',
    'http://127.0.0.1:41201/?token=',
    `http://127.0.0.1:41201/contract?token=${'a'.repeat(32)}`,
    `http://127.0.0.1:41201/?token=${'a'.repeat(32)}&to=1`,
    `http://127.0.0.1:41201/?token=${'a'.repeat(32)}#/settings`,
    `http://127.0.0.1/?token=${'a'.repeat(32)}`,
    `http://localhost:41201/?token=${'a'.repeat(32)}`,
    `http://example.org:41201/?token=${'a'.repeat(32)}`,
    'http://example.org/',
    'file:///etc/passwd',
    'mailto:someone@example.org',
    'smb://server/share',
    'ms-settings:privacy',
    'javascript:alert(1)',
    'https://user:secret@example.org/',
    'https:',
  ])('a link outside that is not plain https is not opened: %s', url => {
    expect(page.opens(url)).toBe('deny');
    expect(opened).toEqual([]);
  });
});
