import { describe, expect, it } from 'vitest';
import type { LinkView } from '../../../../core/contract/links.ts';
import { chosenLink, isSendable, offers, usualForm } from '../../../../renderer/features/send/sendable-links.ts';
import { link } from '../partners/made.ts';

const registered = (name: string, endpoints: LinkView['endpoints'] = []) =>
  link({ name, state: 'registered', version: '2.2.1', endpoints });
const endpoint = (identifier: string, role?: string) => ({
  identifier,
  url: `https://acme.example/${identifier}`,
  ...(role !== undefined && { role }),
});

describe('to whom something can be sent', () => {
  it('is whoever we agreed with', () => {
    expect(isSendable(registered('acme'))).toBe(true);
    expect(isSendable(link({ state: 'adopted', version: '2.1.1' }))).toBe(true);
    expect(isSendable(link({ state: 'adopted' }))).toBe(false);
    expect(isSendable(link({ state: 'registered', version: '2.2.1', importedLog: 1 }))).toBe(false);
    expect(isSendable(link({ state: 'suspended', version: '2.2.1' }))).toBe(false);
  });

  it('is the partner that was asked for, even one that cannot be sent to; else the last one, else the first', () => {
    const links = [link({ name: 'fresh' }), registered('acme'), registered('volta')];
    expect(chosenLink(links, 'fresh', 'volta')?.name).toBe('fresh');
    expect(chosenLink(links, 'gone', 'volta')).toBeUndefined();
    expect(chosenLink(links, undefined, 'volta')?.name).toBe('volta');
    expect(chosenLink(links, undefined, 'fresh')?.name).toBe('acme');
    expect(chosenLink([], undefined, undefined)).toBeUndefined();
  });
});

describe('what is sent to a partner as a rule', () => {
  it('follows from what it announces', () => {
    expect(usualForm(registered('cpo', [endpoint('commands', 'RECEIVER')]))).toBe('command');
    expect(usualForm(registered('old', [endpoint('commands')]))).toBe('command');
    expect(usualForm(registered('emsp', [endpoint('commands', 'SENDER'), endpoint('tokens', 'sender')]))).toBe(
      'authorize',
    );
    expect(usualForm(registered('other', [endpoint('locations', 'SENDER')]))).toBe('request');
    expect(usualForm(undefined)).toBe('command');
  });

  it('is told apart by module and side', () => {
    const acme = registered('acme', [endpoint('tokens', 'RECEIVER')]);
    expect(offers(acme, 'tokens', 'RECEIVER')).toBe(true);
    expect(offers(acme, 'tokens', 'SENDER')).toBe(false);
    expect(offers(acme, 'commands', 'RECEIVER')).toBe(false);
  });
});
