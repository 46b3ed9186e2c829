import { describe, expect, it } from 'vitest';
import { formOf, readForm } from '../../../../../renderer/features/partners/link/link-change.ts';
import { link } from '../made.ts';

const acme = link({
  settings: {
    ...{ tokenForm: 'auto', requiredModules: ['locations'], connectTimeout: 2500 },
    ...{ proxy: 'http://me:***@proxy.example:3128', clientKey: '(set)' },
  },
});

describe('the settings of a link in a form', () => {
  it('ask for nothing where nothing was changed', () => {
    expect(readForm(acme, formOf(acme))).toEqual({ ok: true, change: undefined });
  });

  it('never show a private key, and leave it and a hidden password alone', () => {
    const form = formOf(acme);
    expect(form.clientKey).toBe('');
    expect(readForm(acme, { ...form, organisation: 'Acme AB' })).toEqual({
      ok: true,
      change: { name: 'acme', organisation: 'Acme AB' },
    });
    expect(readForm(acme, { ...form, removeClientKey: true })).toMatchObject({
      change: { settings: { clientKey: null } },
    });
  });

  it('take seconds, with point or comma, and an emptied field back to its default', () => {
    const read = readForm(acme, { ...formOf(acme), connectTimeout: '', totalTimeout: '1,5' });
    expect(read).toEqual({
      ok: true,
      change: { name: 'acme', settings: { connectTimeout: null, totalTimeout: 1500 } },
    });
  });

  it('read names of modules as they are typed', () => {
    const read = readForm(acme, { ...formOf(acme), requiredModules: ' Locations; tokens,tokens' });
    expect(read).toMatchObject({ change: { settings: { requiredModules: ['locations', 'tokens'] } } });
  });

  it('are refused field by field', () => {
    const read = readForm(acme, {
      ...formOf(acme),
      ...{ newName: ' ', organisation: '', versionsUrl: 'acme', proxy: 'no proxy', ca: 'x', clientKey: 'x' },
      ...{ bodyTimeout: '-1', firstByteTimeout: 'soon' },
    });
    expect(read).toEqual({
      ok: false,
      problems: {
        ...{ newName: 'name', organisation: 'required', versionsUrl: 'url', proxy: 'url', ca: 'pem', clientKey: 'key' },
        ...{ bodyTimeout: 'seconds', firstByteTimeout: 'seconds' },
      },
    });
  });
});
