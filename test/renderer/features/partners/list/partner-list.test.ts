import { describe, expect, it } from 'vitest';
import { partnerLines, switchableVersions } from '../../../../../renderer/features/partners/list/partner-list.ts';
import { link, run } from '../made.ts';

const links = [
  link({ id: 1, name: 'volta', organisation: 'Volta', versionsUrl: 'https://volta.example/ocpi' }),
  link({ id: 2, name: 'acme test', organisation: 'Acme' }),
  link({
    ...{ id: 3, name: 'acme', organisation: 'Acme', environment: 'production', version: '2.2.1', state: 'registered' },
    parties: [{ countryCode: 'NL', partyId: 'TNM', role: 'CPO', name: 'The New Motion' }],
  }),
];

describe('the list of partners', () => {
  it('groups links by organisation, production first', () => {
    expect(partnerLines(links, []).map(({ link: { name }, first }) => `${first ? '' : '- '}${name}`)).toEqual([
      'acme',
      '- acme test',
      'volta',
    ]);
  });

  it('finds by any of name, organisation, party, state, environment, version, every word', () => {
    const found = (search: string) => partnerLines(links, [], search).map(({ link: { name } }) => name);
    expect(found('nl-tnm')).toEqual(['acme']);
    expect(found('new motion CPO')).toEqual(['acme']);
    expect(found('acme test')).toEqual(['acme test']);
    expect(found('production')).toEqual(['acme']);
    expect(found('2.2.1 registered')).toEqual(['acme']);
    expect(found('nobody')).toEqual([]);
  });

  it('names an organisation again where a search hides its first link', () => {
    expect(partnerLines(links, [], 'acme test').map(({ first }) => first)).toEqual([true]);
  });

  it('shows the newest run of each link, platform-wide ones with none', () => {
    const lines = partnerLines(links, [
      run([], { id: 4, linkId: 1, kind: 'look' }),
      run([], { id: 9, linkId: 1 }),
      { ...run([], { id: 12, kind: 'doctor' }), linkId: undefined } as never,
    ]);
    expect(lines.map(({ run: newest }) => newest?.id)).toEqual([undefined, undefined, 9]);
  });
});

describe('the versions a link may be switched to', () => {
  it('are ours that the partner lists, all of ours where it is not known what it lists', () => {
    const own = ['2.1.1', '2.2.1', '2.3.0'] as const;
    expect(switchableVersions(link({ version: '2.1.1', offeredVersions: ['2.1.1', '2.2', '9.9'] }), own)).toEqual([
      '2.2.1',
    ]);
    expect(switchableVersions(link({ version: '2.1.1', offeredVersions: ['2.1.1'] }), own)).toEqual([]);
    expect(switchableVersions(link(), own)).toEqual(own);
  });
});
