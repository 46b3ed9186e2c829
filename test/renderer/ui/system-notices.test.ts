import { describe, expect, it } from 'vitest';
import {
  type NoticeBrowser,
  switchSystemNotices,
  systemNotices,
  tellBySystem,
} from '../../../renderer/ui/system-notices.ts';

interface Shown {
  readonly title: string;
  readonly options: { readonly body: string; readonly tag: string };
  onclick: (() => void) | null;
  closed: boolean;
}

/** A browser of Chromium's shape: asked once, it answers as the operator would. */
function browser(answer: 'granted' | 'denied' | undefined, looked = false) {
  const stored = new Map<string, string>();
  const shown: Shown[] = [];
  const asked = { times: 0, focused: 0 };
  class Notice implements Shown {
    static permission: NotificationPermission = 'default';
    static requestPermission(): Promise<NotificationPermission> {
      asked.times += 1;
      if (answer !== undefined) Notice.permission = answer;
      return Promise.resolve(Notice.permission);
    }
    readonly title: string;
    readonly options: Shown['options'];
    onclick: (() => void) | null = null;
    closed = false;
    constructor(title: string, options: Shown['options']) {
      this.title = title;
      this.options = options;
      shown.push(this);
    }
    close() {
      this.closed = true;
    }
  }
  const page: NoticeBrowser = {
    Notification: Notice as unknown as typeof Notification,
    localStorage: {
      getItem: key => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: key => void stored.delete(key),
    },
    document: { hasFocus: () => looked, visibilityState: 'visible' },
    focus: () => {
      asked.focused += 1;
    },
  };
  return { page, shown, asked };
}

const notice = { title: 'OCPI Workbench · volta', text: 'EVSE1 is out of order.', tag: 'notice-1', onOpen: () => {} };

describe('notices of the system', () => {
  it('are off until the operator switches them on, and only then the browser is asked', async () => {
    const { page, asked, shown } = browser('granted');
    expect(systemNotices(page)).toBe('off');
    expect(tellBySystem(page, notice)).toBe(false);
    expect(asked.times).toBe(0);
    expect(await switchSystemNotices(page, true)).toBe('on');
    expect(asked.times).toBe(1);
    expect(tellBySystem(page, notice)).toBe(true);
    expect(shown).toMatchObject([{ title: notice.title, options: { body: notice.text, tag: 'notice-1' } }]);
  });

  it('stay off where the browser was told not to, and where nobody answered it', async () => {
    const refused = browser('denied');
    expect(await switchSystemNotices(refused.page, true)).toBe('denied');
    expect(tellBySystem(refused.page, notice)).toBe(false);
    expect(await switchSystemNotices(browser(undefined).page, true)).toBe('off');
  });

  it('are missing where the browser knows none', async () => {
    const { Notification: _, ...page } = browser('granted').page;
    expect(systemNotices(page)).toBe('missing');
    expect(await switchSystemNotices(page, true)).toBe('missing');
    expect(tellBySystem(page, notice)).toBe(false);
  });

  it('are switched off again without asking', async () => {
    const { page, asked } = browser('granted');
    await switchSystemNotices(page, true);
    expect(await switchSystemNotices(page, false)).toBe('off');
    expect(tellBySystem(page, notice)).toBe(false);
    expect(asked.times).toBe(1);
  });

  it('are not shown to somebody who looks at the page', async () => {
    const { page, shown } = browser('granted', true);
    await switchSystemNotices(page, true);
    expect(tellBySystem(page, notice)).toBe(false);
    expect(shown).toEqual([]);
  });

  it('lead to what they are about when they are pressed', async () => {
    const { page, shown, asked } = browser('granted');
    let opened = 0;
    await switchSystemNotices(page, true);
    tellBySystem(page, { ...notice, onOpen: () => (opened += 1) });
    shown[0]?.onclick?.();
    expect(opened).toBe(1);
    expect(asked.focused).toBe(1);
    expect(shown[0]?.closed).toBe(true);
  });
});
