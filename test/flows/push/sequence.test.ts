import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OwnParty } from '../../../core/contract/platform.ts';
import type { PushMethod } from '../../../core/contract/sending.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { endOf, newName, register, sharedPlatform } from '../../support/platform.ts';

type Json = Record<string, unknown>;

const party = (partyId: string): OwnParty[] =>
  (['EMSP', 'CPO'] as const).map(role => ({ countryCode: 'NL', partyId, role, name: partyId }));
const ours = sharedPlatform({ parties: party('WBX') });
const theirs = sharedPlatform({ parties: party('ABC') });
const names = new Map<Version, string>();

beforeAll(async () => {
  const [us, them] = [await ours(), await theirs()];
  for (const version of VERSIONS) {
    const name = newName();
    names.set(version, name);
    const { token, versionsUrl } = await them.client.links.invite({ name });
    await us.client.links.add({ name, versionsUrl, token });
    expect((await register(us, { name, version })).state).toBe('done');
  }
});

/** One push, by what it is about: the object, or an EVSE of it. */
interface Step {
  readonly method: PushMethod;
  readonly module: 'sessions' | 'locations' | 'tokens';
  readonly part?: string;
  readonly body: Json;
}

let clock = Date.parse('2026-01-01T00:00:00Z');
const tick = () => {
  clock += 1000;
  return `${new Date(clock).toISOString().slice(0, 19)}Z`;
};

/** As the digest has it (1.7, 1.8, 6.2): what the receiver holds after a push of ours. */
function after(held: Json | undefined, { method, part, body }: Step, version: Version): Json | undefined {
  const dated = version === '2.1.1' ? {} : { last_updated: body['last_updated'] };
  if (part !== undefined) {
    const evses = (held?.['evses'] ?? []) as Json[];
    const there = evses.find(({ uid }) => uid === part);
    if (held === undefined || (method === 'PATCH' && there === undefined)) return held;
    const evse = method === 'PUT' ? body : { ...there, ...body };
    const others = there === undefined ? [...evses, evse] : evses.map(one => (one === there ? evse : one));
    return { ...held, evses: others, ...dated };
  }
  if (method === 'PUT') return body;
  if (held === undefined) return undefined;
  const appended = 'charging_periods' in body && version !== '2.1.1';
  const periods = appended
    ? [...((held['charging_periods'] ?? []) as Json[]), ...(body['charging_periods'] as Json[])]
    : [];
  return { ...held, ...body, ...(appended && { charging_periods: periods }) };
}

interface Kind {
  readonly module: Step['module'];
  readonly type: string;
  readonly id: string;
  /** Fields that are patched, with values for them. */
  readonly patches: fc.Arbitrary<Json>;
}

const period = fc.record({
  start_date_time: fc.constantFrom('2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z'),
  dimensions: fc.constantFrom([{ type: 'ENERGY', volume: 1.5 }], [{ type: 'TIME', volume: 0.25 }]),
});
const someOf = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] });
const KINDS: readonly Kind[] = [
  {
    module: 'sessions',
    type: 'Session',
    id: 'id',
    patches: someOf({
      kwh: fc.integer({ min: 0, max: 900 }).map(value => value / 10),
      status: fc.constantFrom('ACTIVE', 'COMPLETED'),
      charging_periods: fc.array(period, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    module: 'locations',
    type: 'Location',
    id: 'id',
    patches: someOf({ name: fc.constantFrom('One', 'Zwei', 'Três'), city: fc.constantFrom('Oslo', 'Lund') }),
  },
  {
    module: 'tokens',
    type: 'Token',
    id: 'uid',
    patches: someOf({ valid: fc.boolean(), issuer: fc.constantFrom('A', 'B'), language: fc.constantFrom('nl', 'sv') }),
  },
];

let objects = 0;

describe.each(VERSIONS)('any sequence of PUT and PATCH pushed in %s', version => {
  it.each(KINDS)('leaves $module as the digest says', async ({ module, type, id, patches }) => {
    const [us, them] = [await ours(), await theirs()];
    const name = names.get(version) ?? '';
    const owner = version === '2.1.1' ? {} : { country_code: 'NL', party_id: 'WBX' };
    const { country_code: _, party_id: __, ...base } = fixture(version, type);
    const evses = (base['evses'] ?? []) as Json[];
    const [evse = {}] = evses;
    const whole = patches.map(more => ({ method: 'PUT' as const, more }));
    const patch = patches.map(more => ({ method: 'PATCH' as const, more }));
    const part = fc.record({
      method: fc.constantFrom('PUT' as const, 'PATCH' as const),
      uid: fc.constantFrom(String(evse['uid']), 'NEW'),
      status: fc.constantFrom('AVAILABLE', 'CHARGING', 'BLOCKED'),
    });
    const steps = module === 'locations' ? fc.oneof(whole, patch, part) : fc.oneof(whole, patch);
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 5 }), async sequence => {
        const key = `X${++objects}`;
        let expected: Json | undefined;
        for (const one of sequence) {
          const last_updated = tick();
          const step: Step =
            'uid' in one
              ? {
                  module,
                  method: one.method,
                  part: one.uid,
                  body:
                    one.method === 'PUT'
                      ? { ...evse, uid: one.uid, status: one.status, last_updated }
                      : { status: one.status, last_updated },
                }
              : {
                  module,
                  method: one.method,
                  body:
                    one.method === 'PUT'
                      ? { ...owner, ...base, ...one.more, [id]: key, last_updated }
                      : { ...one.more, [id]: key, last_updated },
                };
          const started = await us.client.sending.push({
            name,
            module,
            method: step.method,
            text: JSON.stringify(step.body),
            ...(step.part === undefined ? {} : { part: `${key}/${step.part}` }),
          });
          await endOf(us, started);
          expected = after(expected, step, version);
        }
        const held = await them.client.objects.get({ name, module, id: key }).catch(() => undefined);
        expect(held?.object).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
