import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { JsonObject } from '../../../core/ocpi/json-value.ts';
import { createFreePlaces } from '../../../core/sandbox/life/free-places.ts';
import type { LifeData } from '../../../core/sandbox/life/ports.ts';

function location(id: string, publish: boolean, status = 'AVAILABLE'): JsonObject {
  const connectors = [
    { id: '1', standard: 'IEC_62196_T2', power_type: 'AC_3_PHASE', max_voltage: 230, max_amperage: 16 },
  ];
  return { country_code: 'NL', party_id: 'CPO', id, publish, evses: [{ uid: `${id}*1`, status, connectors }] };
}

async function chosen(locations: readonly JsonObject[], taken: ReadonlySet<string> = new Set()) {
  const data = {
    page: (_: string, offset: number, limit: number) => ({
      items: locations.slice(offset, offset + limit),
      total: locations.length,
    }),
  } as unknown as LifeData;
  const charges = { at: ({ evse }: { evse: string }) => (taken.has(evse) ? ({} as never) : undefined) };
  const places = createFreePlaces({ data, charges, clock: systemClock, begin: 0 });
  const names: (string | undefined)[] = [];
  for (let count = 0; count < 3; count++) names.push((await places.next())?.locationId);
  return names;
}

describe('the next free charger', () => {
  it('is one that is open to everybody, wherever the search begins', async () => {
    const few = Array.from({ length: 12 }, (_, at) => location(`P${at}`, false));
    expect(await chosen([...few, location('A', true), location('B', true, 'OUTOFORDER')])).toEqual(['A', 'A', 'A']);
  });

  it('is one for a few where nothing else is free', async () => {
    expect(await chosen([location('P', false), location('A', true)], new Set(['A*1']))).toEqual(['P', 'P', 'P']);
    expect(await chosen([location('P', false)], new Set(['P*1']))).toEqual([undefined, undefined, undefined]);
  });
});
