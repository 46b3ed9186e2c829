import { describe, expect, it } from 'vitest';
import { readRouting, swapRouting, writeRouting } from '../../core/ocpi/routing.ts';

const to = { countryCode: 'DE', partyId: 'ABC' };
const from = { countryCode: 'NL', partyId: 'TNM' };
const functional = { version: '2.2.1', functional: true } as const;
const codes = (read: ReturnType<typeof readRouting>) => read.findings.map(({ code }) => code);

describe('routing headers', () => {
  it('what is written is read back, four lines in the order of the specification', () => {
    const lines = writeRouting({ to, from });
    expect(lines.map(([name]) => name)).toEqual([
      'OCPI-to-party-id',
      'OCPI-to-country-code',
      'OCPI-from-party-id',
      'OCPI-from-country-code',
    ]);
    expect(readRouting(lines, functional)).toEqual({ to, from, findings: [] });
  });

  it('the answer goes back: addressee and sender change places', () => {
    expect(swapRouting({ to, from })).toEqual({ to: from, from: to });
    expect(swapRouting({ from })).toEqual({ to: from });
  });

  it('only a sender (open routing) is fine', () => {
    expect(readRouting(writeRouting({ from }), functional)).toEqual({ from, findings: [] });
  });

  it('none at all is a note between single roles and a warning between several', () => {
    expect(readRouting([], functional).findings).toMatchObject([{ code: 'routing.missing', severity: 'note' }]);
    expect(readRouting([], { ...functional, severalRoles: true }).findings).toMatchObject([{ severity: 'warning' }]);
  });

  it('configuration modules and 2.1.1 carry none; if they do it is noted, and the parties are still told', () => {
    const lines = writeRouting({ to, from });
    expect(readRouting([], { version: '2.2.1', functional: false }).findings).toEqual([]);
    const read = readRouting(lines, { version: '2.2.1', functional: false });
    expect(read).toMatchObject({ to, from, findings: [{ code: 'routing.unexpected', met: 'DE-ABC, NL-TNM' }] });
    expect(codes(readRouting(lines, { version: '2.1.1', functional: true }))).toEqual(['routing.unexpected']);
    expect(codes(readRouting([], { version: '2.1.1', functional: true }))).toEqual([]);
  });

  it('half a party is no party', () => {
    const read = readRouting([['OCPI-to-party-id', 'ABC']], functional);
    expect(read.to).toBeUndefined();
    expect(read.findings).toMatchObject([{ code: 'routing.incomplete', pointer: 'header:OCPI-to-country-code' }]);
  });

  it('a message from a party to itself is found, whatever the case', () => {
    const lines = writeRouting({ to: { countryCode: 'nl', partyId: 'tnm' }, from });
    expect(codes(readRouting(lines, functional))).toEqual(['routing.self-addressed']);
  });

  it('over-long ids and repeated headers are warnings', () => {
    const lines = writeRouting({ to: { countryCode: 'DEU', partyId: 'ABCDE' }, from });
    expect(codes(readRouting(lines, functional))).toEqual(['routing.length', 'routing.length']);
    const twice = [...writeRouting({ to, from }), ['OCPI-to-party-id', 'XYZ'] as const];
    expect(readRouting(twice, functional)).toMatchObject({ to, findings: [{ code: 'routing.repeated' }] });
  });
});
