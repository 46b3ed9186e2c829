import { describe, expect, it } from 'vitest';
import { conditionsOf, sinceOf, tokenKinds } from '../../../../renderer/features/locations/conditions.ts';
import { locations } from '../../../../renderer/texts/en/locations.ts';

const word = (prefix: string, names: readonly string[]) =>
  Object.fromEntries(names.map(name => [name, locations[`${prefix}-${name}` as keyof typeof locations]]));

const kinds = tokenKinds(
  { links: ['Volta'], values: { city: ['Utrecht'] } },
  {
    meanings: word('token', [
      'link',
      'party',
      'status',
      'country',
      'city',
      'connector',
      'has',
      'is',
      'changed',
    ]) as never,
    findings: word('has', ['finding', 'error', 'warning', 'note']) as never,
    states: word('is', ['vanished', 'present']) as never,
    changed: word('changed', ['1h', '24h', '7d']) as never,
    problems: word('problem', ['has', 'is', 'changed']) as never,
  },
);
const NOW = Date.UTC(2026, 10, 22, 12);
const read = (text: string) => conditionsOf(text, kinds, NOW);

describe('the filter of locations', () => {
  it('asks for all where it says nothing', () => {
    expect(read('')).toEqual({ module: 'locations' });
  });

  it('reads each token, the same one twice as either', () => {
    expect(read('link:Volta link:Acme party:NL-TNM status:CHARGING status:BLOCKED city:"Den Haag"')).toEqual({
      module: 'locations',
      name: ['Volta', 'Acme'],
      party: ['NL-TNM'],
      where: ['evses.status=CHARGING', 'evses.status=BLOCKED', 'city=Den Haag'],
    });
  });

  it('reads findings, what vanished and since when', () => {
    expect(read('has:finding is:vanished changed:24h')).toEqual({
      module: 'locations',
      finding: 'any',
      vanished: true,
      changedSince: NOW - 24 * 3_600_000,
    });
    expect(read('has:error is:present')).toEqual({ module: 'locations', finding: 'error', vanished: false });
  });

  it('looks for words, the last of them as a beginning, as it may still be being typed', () => {
    expect(read('station utr')).toEqual({ module: 'locations', search: 'station utr*' });
  });

  it('does not look for the name of a token whose value is still to come', () => {
    expect(read('status:CHARGING city:')).toEqual({ module: 'locations', where: ['evses.status=CHARGING'] });
  });

  it('leaves out what cannot be read, which the bar marks', () => {
    expect(read('has:everything changed:yesterday')).toEqual({ module: 'locations' });
    const [has, changed] = ['has', 'changed'].map(name => kinds.find(kind => kind.name === name));
    expect(has?.check?.('everything')).toBe(locations['problem-has']);
    expect(changed?.check?.('yesterday')).toBe(locations['problem-changed']);
    expect(changed?.check?.('90m')).toBeUndefined();
  });

  it('takes a day as the day of this computer', () => {
    expect(sinceOf('2026-11-22', NOW)).toBe(new Date(2026, 10, 22).getTime());
    expect(sinceOf('2026-11-22T10:30', NOW)).toBe(new Date(2026, 10, 22, 10, 30).getTime());
  });
});
