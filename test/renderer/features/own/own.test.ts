import { describe, expect, it } from 'vitest';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { OwnParty } from '../../../../core/contract/platform.ts';
import { compileChecker } from '../../../../core/ocpi/check.ts';
import { findType } from '../../../../core/ocpi/types.ts';
import {
  blankText,
  copyId,
  copyText,
  movedOn,
  nowText,
  sameMoment,
} from '../../../../renderer/features/own/edit/draft.ts';
import {
  idIn,
  KINDS,
  type KindId,
  kindOf,
  kindsOf,
  nameOf,
  type OwnKind,
  ownersOf,
  parseName,
  printName,
  typeOfKind,
  versionsOf,
} from '../../../../renderer/features/own/kinds.ts';
import { methodsOf, unpushable } from '../../../../renderer/features/own/push/pushable.ts';
import { evsesOf, kwhOf, moneyOf, numberAt, textAt } from '../../../../renderer/features/own/reading.ts';
import { OwnSearch } from '../../../../renderer/features/own/search.ts';

const NOW = '2026-03-01T10:00:00Z';

function kind(id: string): OwnKind {
  const found = kindOf(id);
  if (found === undefined) throw new Error(`there is no kind ${id}`);
  return found;
}

function party(partyId: string, role: OwnParty['role']): OwnParty {
  return { countryCode: 'NL', partyId, role, name: partyId };
}

describe('what we may have', () => {
  it('is what our parties own in their roles, in the versions we offer', () => {
    const ids = (parties: OwnParty[], versions: ('2.1.1' | '2.2.1' | '2.3.0')[]) =>
      kindsOf({ parties, versions }).map(({ id }) => id);
    expect(ids([party('WBX', 'EMSP')], ['2.1.1'])).toEqual(['tokens']);
    expect(ids([party('WBX', 'CPO')], ['2.2.1'])).toEqual(['locations', 'sessions', 'cdrs', 'tariffs']);
    expect(ids([party('WBX', 'CPO')], ['2.3.0'])).toEqual(
      expect.arrayContaining(['invoicereconciliation', 'bookings', 'booking_locations']),
    );
    expect(ids([party('WBX', 'PTP')], ['2.3.0'])).toEqual(['terminals', 'financial-advice-confirmations']);
    expect(ids([party('WBX', 'NSP')], ['2.3.0'])).toEqual([]);
  });

  it('belongs to each party with the role once', () => {
    const parties = [party('AAA', 'CPO'), party('AAA', 'EMSP'), party('BBB', 'CPO')];
    expect(ownersOf(parties, kind('locations'))).toEqual(['NL-AAA', 'NL-BBB']);
    expect(ownersOf(parties, kind('tokens'))).toEqual(['NL-AAA']);
    expect(versionsOf(['2.3.0', '2.1.1'], kind('tokens'))).toEqual(['2.1.1', '2.3.0']);
  });

  it('has a type in the versions that know it', () => {
    const unknown = KINDS.filter(one =>
      versionsOf(['2.1.1', '2.2.1', '2.3.0'], one).some(version => findType(version, typeOfKind(one)) === undefined),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the name of an object', () => {
  it('is read as it was printed, whatever the id', () => {
    for (const name of [
      { party: 'NL-WBX', type: '', id: 'LOC/1' },
      { party: 'NL-WBX', type: 'RFID', id: '04AABB' },
      { party: 'NL-WBX', type: 'a/b', id: 'ü %2F' },
    ]) {
      expect(parseName(printName(name))).toEqual(name);
    }
    expect(parseName('nonsense')).toBeUndefined();
    expect(parseName('NL-WBX/%E0%A4%A/1')).toBeUndefined();
    expect(parseName(undefined)).toBeUndefined();
  });

  it('tells tokens of one uid apart by their type', () => {
    const token = { party: 'NL-WBX', id: '04', object: { uid: '04', type: 'APP_USER' } };
    expect(nameOf(kind('tokens'), token)).toEqual({ party: 'NL-WBX', type: 'APP_USER', id: '04' });
    expect(nameOf(kind('locations'), { ...token, object: { type: 'x' } }).type).toBe('');
    expect(nameOf(kind('tokens'), { ...token, object: null }).type).toBe('');
  });

  it('is found in a text, where the kind has it', () => {
    expect(idIn(kind('locations'), '{"id":"L1"}')).toBe('L1');
    expect(idIn(kind('tokens'), '{"id":"L1","uid":"04"}')).toBe('04');
    expect(idIn(kind('terminals'), '{"terminal_id":"T1"}')).toBe('T1');
    expect(idIn(kind('hubclientinfo'), '{"country_code":"NL","party_id":"ABC"}')).toBe('NL-ABC');
    expect(['{"id":""}', '{"id":4}', 'null', '[]', '{'].map(text => idIn(kind('locations'), text))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

describe('a draft', () => {
  it('is moved on where it has a moment, and left alone where it has none or is no JSON', () => {
    expect(movedOn('{ "kwh": 1.00, "last_updated": "2020-01-01T00:00:00Z" }', NOW)).toBe(
      `{ "kwh": 1.00, "last_updated": "${NOW}" }`,
    );
    for (const text of ['{ "id": "L1" }', '{ "last_updated": ', '"last_updated"'])
      expect(movedOn(text, NOW)).toBe(text);
  });

  it('tells whether somebody changed the moment himself', () => {
    expect(sameMoment('{"last_updated":"a","x":1}', '{"last_updated":"a"}')).toBe(true);
    expect(sameMoment('{"last_updated":"a"}', '{"last_updated":"b"}')).toBe(false);
    expect(nowText(new Date('2026-03-01T10:00:00.123Z'))).toBe(NOW);
  });

  it.each(KINDS.map(one => one.id))('of new %s has all that is required', id => {
    const one = kind(id);
    for (const version of versionsOf(['2.1.1', '2.2.1', '2.3.0'], one)) {
      const text = blankText({ kind: one, version, party: 'NL-WBX', id: 'NEW1', now: NOW });
      const type = findType(version, typeOfKind(one));
      if (type === undefined) throw new Error(`${version} has no ${typeOfKind(one)}`);
      const { findings } = compileChecker(type.schema)(JSON.parse(text), { version });
      expect(findings.filter(({ code }) => code === 'field.missing' || code === 'type.mismatch')).toEqual([]);
      expect(idIn(one, text)).toBe(one.id === 'hubclientinfo' ? 'NL-WBX' : 'NEW1');
    }
  });

  it('that is a copy has an id of its own, as long as ids may be', () => {
    expect(copyId('LOC1')).toBe('LOC1-2');
    expect(copyId('LOC1-2')).toBe('LOC1-3');
    expect(copyId('x'.repeat(36))).toBe(`${'x'.repeat(34)}-2`);
    expect(copyText('{"uid":"04","last_updated":"a","n":1.0}', { kind: kind('tokens'), id: '04-2', now: NOW })).toBe(
      `{"uid":"04-2","last_updated":"${NOW}","n":1.0}`,
    );
  });
});

describe('where objects may be pushed', () => {
  const link = {
    state: 'registered',
    readOnly: false,
    version: '2.2.1',
    endpoints: [
      { identifier: 'locations', role: 'RECEIVER', url: '' },
      { identifier: 'tariffs', role: 'SENDER', url: '' },
    ],
  } as unknown as LinkView;

  it.each([
    ['a partner that receives them', {}, undefined],
    ['one that is not registered', { state: 'invited' }, 'not-registered'],
    ['one that is suspended', { state: 'suspended' }, 'suspended'],
    ['one that is read only', { readOnly: true }, 'read-only'],
    ['one whose endpoints are not known', { version: undefined }, 'not-read'],
  ])('is said of %s', (_, change, why) => {
    expect(unpushable({ ...link, ...change } as LinkView, 'locations')).toBe(why);
  });

  it('is not where the partner only sends them; in 2.1.1 one endpoint is both', () => {
    expect(unpushable(link, 'tariffs')).toBe('not-offered');
    const old = { ...link, version: '2.1.1', endpoints: [{ identifier: 'tariffs', url: '' }] } as unknown as LinkView;
    expect(unpushable(old, 'tariffs')).toBeUndefined();
  });

  it('is by the methods the module has', () => {
    const methods = (id: KindId) => methodsOf(kind(id));
    expect(methods('cdrs')).toEqual(['POST']);
    expect(methods('tariffs')).toContain('DELETE');
    expect(methods('tokens')[0]).toBe('PUT');
    // Terminals and confirmations are the provider's, who posts them; PUT of a terminal is what CPOs send it.
    expect([methods('terminals'), methods('financial-advice-confirmations')]).toEqual([['POST'], ['POST']]);
    expect([methods('booking_locations'), methods('hubclientinfo')]).toEqual([['PUT', 'PATCH'], ['PUT']]);
  });
});

describe('what the table reads', () => {
  it('is there in every version, and never fails', () => {
    expect(kwhOf({ kwh: 1.5 })).toBe('1.50');
    expect(kwhOf({ total_energy: 2 })).toBe('2.00');
    expect(moneyOf({ total_cost: 4, currency: 'EUR' })).toBe('4.00 EUR');
    expect(moneyOf({ total_cost: { excl_vat: 4.5 }, currency: 'EUR' })).toBe('4.50 EUR');
    expect(moneyOf({ total_cost: { before_taxes: 4.5 } })).toBe('4.50');
    expect(evsesOf({ evses: [{ status: 'AVAILABLE' }, { status: 'CHARGING' }, 4] })).toEqual({
      count: 3,
      available: 1,
    });
    for (const odd of [null, 4, 'text', [], { kwh: 'x', total_cost: [], evses: 4 }]) {
      expect([kwhOf(odd), moneyOf(odd), numberAt(odd, 'evses'), textAt(odd, 'evses').replace('4', '')]).toEqual([
        '',
        '',
        '',
        '',
      ]);
      expect(evsesOf(odd)).toEqual({ count: 0, available: 0 });
    }
  });
});

describe('the address', () => {
  it('leads there even where it is old or mistyped', () => {
    const odd = { kind: 'tokens', id: 4, sel: ['x'], life: 'yes', whose: 'theirs' };
    expect(OwnSearch.parse(odd)).toEqual({ kind: 'tokens', id: '4' });
    expect(OwnSearch.parse({ life: true, whose: 'partner' })).toEqual({ life: true, whose: 'partner' });
  });
});
