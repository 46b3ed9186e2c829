import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../electron/menu.ts';
import { en } from '../../electron/texts/en.ts';
import { sv } from '../../electron/texts/sv.ts';
import { fill, textsFor } from '../../electron/texts/texts.ts';

function menu(platform: NodeJS.Platform, { texts = en, packaged = true } = {}) {
  const done: string[] = [];
  const template = menuTemplate({
    platform,
    texts,
    packaged,
    actions: {
      openDatabase: () => done.push('open database'),
      importTraffic: () => done.push('import traffic'),
      showLog: () => done.push('show log'),
      openOutside: address => done.push(address),
    },
  });
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { template, items, done };
}

const named = (items: readonly MenuItemConstructorOptions[]) => items.flatMap(({ label, role }) => label ?? role ?? []);

describe('the menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)(
    'opens databases, imports traffic and shows the log on %s',
    platform => {
      const { items, done } = menu(platform);
      for (const { click } of items) click?.(undefined as never, undefined, undefined as never);
      expect(done).toEqual(['open database', 'import traffic', 'https://github.com/ocpi/ocpi', 'show log']);
    },
  );

  it('has the application menu of macOS there, and quits from the file menu elsewhere', () => {
    expect(named(menu('darwin').template)).toEqual(['appMenu', 'File', 'Edit', 'View', 'Window', 'Help']);
    expect(named(menu('linux').template)).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
    expect(named(menu('darwin').items)).not.toContain('quit');
    expect(named(menu('win32').items)).toContain('quit');
    expect(named(menu('linux').items)).toContain('about');
  });

  it('shows Chromium’s own tools to who runs it from the sources only', () => {
    expect(named(menu('linux').items)).not.toContain('toggleDevTools');
    expect(named(menu('linux', { packaged: false }).items)).toContain('toggleDevTools');
  });

  it('speaks the language of the system, English where it is neither', () => {
    expect(textsFor(['sv-SE', 'en-GB'])).toBe(sv);
    expect(textsFor(['de-DE', 'sv'])).toBe(sv);
    expect(textsFor(['en-GB', 'sv-SE'])).toBe(en);
    expect(textsFor(['de-DE', 'fr'])).toBe(en);
    expect(textsFor([])).toBe(en);
    expect(named(menu('linux', { texts: sv }).template)).toContain('Arkiv');
  });

  it('says the same in both languages: every text filled in by the same values', () => {
    const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(holes(sv[key])).toEqual(holes(en[key]));
    expect(fill('{a} and {b}', { a: 1, b: '{a}' })).toBe('1 and {a}');
  });
});
