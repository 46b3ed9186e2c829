import type { Chance } from './chance.ts';
import type { DomesticSocket } from './geography/countries.ts';
import type { SiteSort } from './geography/locale.ts';

/** What an EVSE is built as. All of it exists in every version of OCPI. */
export type ChargerSort = 'ac-7' | 'ac-11' | 'ac-22' | 'dc-50' | 'dc-150' | 'dc-300';

export interface Plug {
  readonly standard: 'CHADEMO' | 'IEC_62196_T2' | 'IEC_62196_T2_COMBO' | DomesticSocket;
  readonly format: 'SOCKET' | 'CABLE';
  readonly powerType: 'AC_1_PHASE' | 'AC_3_PHASE' | 'DC';
  /** Between line and neutral with three phases. */
  readonly volts: number;
  readonly amperes: number;
  /** What it delivers at most; less than voltage and current would give where the hardware is limited. */
  readonly watts: number;
}

const TYPE_2_ONE_PHASE: Plug = ac('IEC_62196_T2', 'SOCKET', 'AC_1_PHASE', 32);
const TYPE_2_16: Plug = ac('IEC_62196_T2', 'SOCKET', 'AC_3_PHASE', 16);
const TYPE_2_32: Plug = ac('IEC_62196_T2', 'SOCKET', 'AC_3_PHASE', 32);
const TYPE_2_CABLE: Plug = ac('IEC_62196_T2', 'CABLE', 'AC_3_PHASE', 32);
const TYPE_2_63: Plug = ac('IEC_62196_T2', 'CABLE', 'AC_3_PHASE', 63);
const CHADEMO: Plug = dc('CHADEMO', 500, 125, 50_000);

/** The plugs of a charger, the most common first; how many of them it has is drawn. */
export function plugsOf(sort: ChargerSort, socket: DomesticSocket): readonly Plug[] {
  const domestic = ac(socket, 'SOCKET', 'AC_1_PHASE', socket === 'DOMESTIC_G' ? 13 : 10);
  switch (sort) {
    case 'ac-7':
      return [TYPE_2_ONE_PHASE, domestic, TYPE_2_CABLE];
    case 'ac-11':
      return [TYPE_2_16, domestic, TYPE_2_CABLE];
    case 'ac-22':
      return [TYPE_2_32, domestic, TYPE_2_CABLE];
    case 'dc-50':
      return [dc('IEC_62196_T2_COMBO', 500, 125, 50_000), CHADEMO, TYPE_2_63];
    case 'dc-150':
      return [dc('IEC_62196_T2_COMBO', 920, 200, 150_000), CHADEMO, TYPE_2_CABLE];
    case 'dc-300': {
      const combined = dc('IEC_62196_T2_COMBO', 1_000, 500, 300_000);
      return [combined, combined, CHADEMO];
    }
  }
}

export function isRapid(sort: ChargerSort): boolean {
  return sort.startsWith('dc');
}

/** How many plugs such a charger has: rapid chargers mostly two cables, others mostly one socket. */
export function drawPlugCount(sort: ChargerSort, chance: Chance): number {
  if (isRapid(sort)) return chance.weighted('plugs', [[2, 70] as const, [1, 20] as const, [3, 10] as const]);
  return chance.weighted('plugs', [[1, 80] as const, [2, 16] as const, [3, 4] as const]);
}

/** The chargers of a kind of site: the sort of most of its EVSEs, perhaps another one for the others, and how many there are. */
export interface Equipment {
  readonly main: ChargerSort;
  readonly other?: ChargerSort;
  readonly evses: number;
}

interface Usual {
  readonly main: readonly (readonly [ChargerSort, number])[];
  readonly other?: readonly [sort: ChargerSort, share: number];
  readonly least: number;
  readonly most: number;
}

const USUAL: Readonly<Record<SiteSort, Usual>> = {
  street: {
    main: [
      ['ac-22', 55],
      ['ac-11', 45],
    ],
    least: 1,
    most: 3,
  },
  lot: {
    main: [
      ['ac-22', 70],
      ['ac-11', 20],
      ['dc-50', 10],
    ],
    other: ['dc-50', 0.25],
    least: 2,
    most: 6,
  },
  garage: {
    main: [
      ['ac-11', 60],
      ['ac-22', 25],
      ['ac-7', 15],
    ],
    least: 2,
    most: 12,
  },
  underground: {
    main: [
      ['ac-11', 75],
      ['ac-7', 25],
    ],
    least: 2,
    most: 12,
  },
  motorway: {
    main: [
      ['dc-300', 50],
      ['dc-150', 40],
      ['dc-50', 10],
    ],
    other: ['ac-22', 0.3],
    least: 2,
    most: 12,
  },
  hotel: {
    main: [
      ['ac-11', 60],
      ['ac-22', 40],
    ],
    other: ['dc-50', 0.1],
    least: 1,
    most: 6,
  },
  shop: {
    main: [
      ['ac-22', 50],
      ['dc-50', 25],
      ['dc-150', 25],
    ],
    other: ['dc-150', 0.2],
    least: 2,
    most: 8,
  },
  station: {
    main: [
      ['ac-7', 40],
      ['ac-11', 60],
    ],
    least: 2,
    most: 8,
  },
  office: {
    main: [
      ['ac-11', 85],
      ['ac-22', 15],
    ],
    least: 1,
    most: 10,
  },
};

/** Small sites are more common than large ones. */
export function drawEquipment(site: SiteSort, chance: Chance): Equipment {
  const { main, other, least, most } = USUAL[site];
  const share = chance.fraction('size');
  const evses = least + Math.floor(share * share * (most - least + 1));
  return {
    main: chance.weighted('main', main),
    ...(other && chance.happens('other', other[1]) && { other: other[0] }),
    evses,
  };
}

function ac(
  standard: Plug['standard'],
  format: Plug['format'],
  powerType: 'AC_1_PHASE' | 'AC_3_PHASE',
  amperes: number,
): Plug {
  return {
    standard,
    format,
    powerType,
    volts: 230,
    amperes,
    watts: 230 * amperes * (powerType === 'AC_3_PHASE' ? 3 : 1),
  };
}

function dc(standard: Plug['standard'], volts: number, amperes: number, watts: number): Plug {
  return { standard, format: 'CABLE', powerType: 'DC', volts, amperes, watts };
}
