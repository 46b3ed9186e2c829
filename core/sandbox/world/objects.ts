import type { Cdr as Cdr211 } from '../../ocpi/v2_1_1/cdrs.ts';
import type { Location as Location211 } from '../../ocpi/v2_1_1/locations.ts';
import type { Session as Session211 } from '../../ocpi/v2_1_1/sessions.ts';
import type { Tariff as Tariff211 } from '../../ocpi/v2_1_1/tariffs.ts';
import type { Token as Token211 } from '../../ocpi/v2_1_1/tokens.ts';
import type { Cdr as Cdr221 } from '../../ocpi/v2_2_1/cdrs.ts';
import type { Location as Location221 } from '../../ocpi/v2_2_1/locations.ts';
import type { Session as Session221 } from '../../ocpi/v2_2_1/sessions.ts';
import type { Tariff as Tariff221 } from '../../ocpi/v2_2_1/tariffs.ts';
import type { Token as Token221 } from '../../ocpi/v2_2_1/tokens.ts';
import type { Cdr as Cdr230 } from '../../ocpi/v2_3_0/cdrs.ts';
import type { Location as Location230 } from '../../ocpi/v2_3_0/locations.ts';
import type { Session as Session230 } from '../../ocpi/v2_3_0/sessions.ts';
import type { Tariff as Tariff230 } from '../../ocpi/v2_3_0/tariffs.ts';
import type { Token as Token230 } from '../../ocpi/v2_3_0/tokens.ts';
import type { Version } from '../../ocpi/versions.ts';
import { type Billed, writeCdr211, writeCdr221, writeCdr230 } from './cdrs.ts';
import { itemAt } from './chance.ts';
import { chargeAt, sessionOfCdr } from './charges.ts';
import { writeLocation211, writeLocation221 } from './locations.ts';
import { writeLocation230 } from './locations-230.ts';
import { writeSession211, writeSession221, writeSession230 } from './sessions.ts';
import type { Setting, WorldModule } from './setting.ts';
import { siteAt } from './sites.ts';
import { writeTariff211, writeTariff221, writeTariff230 } from './tariffs.ts';
import { tokenAt } from './token-facts.ts';
import { writeToken22, writeToken211 } from './tokens.ts';

/** What the objects of a module are in each version. */
export interface WorldObjects {
  readonly locations: { readonly '2.1.1': Location211; readonly '2.2.1': Location221; readonly '2.3.0': Location230 };
  readonly sessions: { readonly '2.1.1': Session211; readonly '2.2.1': Session221; readonly '2.3.0': Session230 };
  readonly cdrs: { readonly '2.1.1': Cdr211; readonly '2.2.1': Cdr221; readonly '2.3.0': Cdr230 };
  readonly tariffs: { readonly '2.1.1': Tariff211; readonly '2.2.1': Tariff221; readonly '2.3.0': Tariff230 };
  readonly tokens: { readonly '2.1.1': Token211; readonly '2.2.1': Token221; readonly '2.3.0': Token230 };
}

type Writers = {
  readonly [M in WorldModule]: {
    readonly [V in Version]: (setting: Setting, index: number) => WorldObjects[M][V];
  };
};

/** How the object at an index is made, told by module and version; indexes are those of an existing object. */
export const WRITERS: Writers = {
  locations: {
    '2.1.1': (setting, index) => writeLocation211(setting, siteAt(setting, index)),
    '2.2.1': (setting, index) => writeLocation221(setting, siteAt(setting, index)),
    '2.3.0': (setting, index) => writeLocation230(setting, siteAt(setting, index)),
  },
  sessions: {
    '2.1.1': (setting, index) => writeSession211(setting, chargeAt(setting, index)),
    '2.2.1': (setting, index) => writeSession221(chargeAt(setting, index)),
    '2.3.0': (setting, index) => writeSession230(chargeAt(setting, index)),
  },
  cdrs: {
    '2.1.1': (setting, index) => writeCdr211(setting, billedAt(setting, index)),
    '2.2.1': (setting, index) => writeCdr221(setting, billedAt(setting, index)),
    '2.3.0': (setting, index) => writeCdr230(setting, billedAt(setting, index)),
  },
  tariffs: {
    '2.1.1': (setting, index) => writeTariff211(setting, itemAt(setting.tariffs, index)),
    '2.2.1': (setting, index) => writeTariff221(setting, itemAt(setting.tariffs, index)),
    '2.3.0': (setting, index) => writeTariff230(setting, itemAt(setting.tariffs, index)),
  },
  tokens: {
    '2.1.1': (setting, index) => writeToken211(tokenAt(setting, index)),
    '2.2.1': (setting, index) => writeToken22(tokenAt(setting, index)),
    '2.3.0': (setting, index) => writeToken22(tokenAt(setting, index)),
  },
};

function billedAt(setting: Setting, index: number): Billed {
  const charge = chargeAt(setting, sessionOfCdr(setting, index));
  if (charge.end === undefined) throw new RangeError(`The session of CDR ${index} is not over`);
  return { index, updatedAt: setting.ages.cdrs.at(index), charge: { ...charge, end: charge.end } };
}
