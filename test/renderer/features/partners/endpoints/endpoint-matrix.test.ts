import { describe, expect, it } from 'vitest';
import { endpointMatrix } from '../../../../../renderer/features/partners/endpoints/endpoint-matrix.ts';
import { endpointsIn, versionsIn } from '../../../../../renderer/features/partners/endpoints/told-endpoints.ts';

const at = (identifier: string, role?: string) => ({
  identifier,
  url: `https://acme.example/ocpi/${role ?? 'x'}/${identifier}`,
  ...(role === undefined ? {} : { role }),
});

describe('the endpoint matrix', () => {
  it('has the modules in the order of the specification, custom ones last', () => {
    const { rows, roles } = endpointMatrix({
      version: '2.2.1',
      theirs: [
        at('acme-extra', 'SENDER'),
        at('tokens', 'RECEIVER'),
        at('LOCATIONS', 'SENDER'),
        at('credentials', 'SENDER'),
      ],
      ours: [],
      theirParties: [],
    });
    expect(roles).toBe(true);
    expect(rows.map(({ module, custom }) => [module, custom])).toEqual([
      ['credentials', false],
      ['locations', false],
      ['tokens', false],
      ['acme-extra', true],
    ]);
  });

  it('keeps every URL of a side, and gives credentials none', () => {
    const { rows } = endpointMatrix({
      version: '2.2.1',
      theirs: [at('credentials', 'RECEIVER'), at('cdrs', 'SENDER'), { ...at('cdrs', 'sender'), url: 'https://other' }],
      ours: [at('credentials', 'SENDER')],
      theirParties: [],
    });
    expect(rows[0]?.theirs.NONE.urls).toHaveLength(1);
    expect(rows[0]?.theirs.RECEIVER).toEqual({ urls: [], defined: false });
    expect(rows[1]?.theirs.SENDER.urls).toEqual(['https://acme.example/ocpi/SENDER/cdrs', 'https://other']);
  });

  it('knows no roles on 2.1.1, whatever an endpoint says', () => {
    const { rows, roles } = endpointMatrix({
      version: '2.1.1',
      theirs: [at('locations'), at('tokens', 'RECEIVER')],
      ours: [at('tokens')],
      theirParties: [],
    });
    expect(roles).toBe(false);
    expect(
      rows.map(({ module, theirs, ours, hints }) => [module, theirs.NONE.urls.length, ours.NONE.urls.length, hints]),
    ).toEqual([
      ['locations', 1, 0, []],
      ['tokens', 1, 1, []],
    ]);
  });

  it('says which interfaces the version does not have', () => {
    const { rows } = endpointMatrix({
      version: '2.2.1',
      theirs: [at('commands', 'RECEIVER'), at('hubclientinfo', 'SENDER')],
      ours: undefined,
      theirParties: [],
    });
    expect(rows.map(({ module, theirs }) => [module, theirs.RECEIVER.defined])).toEqual([
      ['commands', true],
      ['hubclientinfo', true],
    ]);
  });

  it('hints at a missing counterpart, on either side', () => {
    const hints = (theirs: readonly ReturnType<typeof at>[], ours: readonly ReturnType<typeof at>[]) =>
      endpointMatrix({ version: '2.2.1', theirs, ours, theirParties: [] }).rows[0]?.hints;
    expect(hints([at('locations', 'SENDER')], [])).toEqual(['pull-only']);
    expect(hints([at('locations', 'SENDER')], [at('locations', 'RECEIVER')])).toEqual([]);
    expect(hints([at('tokens', 'RECEIVER')], [])).toEqual(['nothing-to-send']);
    expect(hints([at('tokens', 'RECEIVER')], [at('tokens', 'SENDER')])).toEqual([]);
    expect(hints([], [at('tariffs', 'SENDER')])).toEqual(['not-taken']);
  });

  it('gives no hints about a side that is not known', () => {
    const theirs = [at('locations', 'SENDER')];
    expect(endpointMatrix({ version: '2.2.1', theirs, ours: undefined, theirParties: [] }).rows[0]?.hints).toEqual([]);
  });

  it('misses what a party of that role has as a rule', () => {
    const { rows } = endpointMatrix({
      version: '2.2.1',
      theirs: [at('credentials', 'SENDER'), at('locations', 'SENDER')],
      ours: undefined,
      theirParties: [{ countryCode: 'SE', partyId: 'ACM', role: 'CPO' }],
    });
    expect(rows.flatMap(({ module, hints }) => hints.map(hint => `${module} ${hint}`))).toEqual([
      'sessions expected-SENDER',
      'cdrs expected-SENDER',
      'tariffs expected-SENDER',
      'tokens expected-RECEIVER',
    ]);
  });
});

describe('what an answer told', () => {
  it('is read out of recorded bodies', () => {
    const endpoint = { identifier: 'tokens', role: 'RECEIVER', url: 'https://us.example/tokens' };
    const body = JSON.stringify({ data: { version: '2.2.1', endpoints: [endpoint, { identifier: 'no url' }] } });
    expect(endpointsIn(body)).toEqual([endpoint]);
    expect(versionsIn('{"data":[{"version":"2.2"},{"version":7}]}')).toEqual(['2.2']);
  });

  it('is nothing where the body is no such answer', () => {
    for (const body of [null, '', '<html>', '[]', '{"data":[]}', '{"data":{"endpoints":"none"}}']) {
      expect(endpointsIn(body)).toBeUndefined();
    }
    for (const body of [null, '{', '{"data":{}}', 'null']) expect(versionsIn(body)).toBeUndefined();
  });
});
