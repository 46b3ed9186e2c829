import { describe, expect, it } from 'vitest';
import { MODULE_IDS } from '../../core/ocpi/modules.ts';
import { hasSide, PLATFORM_ROLES, rolesWith } from '../../core/ocpi/role-modules.ts';

// The table of digest 4.1: S sender, R receiver, B both.
const TABLE: Readonly<Record<string, string>> = {
  hubclientinfo: 'CPO:R EMSP:R HUB:S NSP:R NAP:R SCSP:R',
  locations: 'CPO:S EMSP:R HUB:B NSP:R NAP:B PTP:R',
  tariffs: 'CPO:S EMSP:R HUB:B NSP:R NAP:B PTP:R',
  sessions: 'CPO:S EMSP:R HUB:B SCSP:R PTP:R',
  cdrs: 'CPO:S EMSP:R HUB:B PTP:R',
  tokens: 'CPO:R EMSP:S HUB:B',
  commands: 'CPO:R EMSP:S HUB:B PTP:S',
  chargingprofiles: 'CPO:R EMSP:S HUB:B SCSP:S',
  invoicereconciliation: 'CPO:B EMSP:B',
  payments: 'CPO:R PTP:S',
  bookings: 'CPO:S EMSP:R HUB:B',
};

describe('the modules of a role', () => {
  it.each(MODULE_IDS.filter(module => module in TABLE))(
    '%s is on the sides that the specification gives it',
    module => {
      const told = PLATFORM_ROLES.filter(role => role !== 'OTHER').flatMap(role => {
        const [sends, receives] = [hasSide(role, module, 'SENDER'), hasSide(role, module, 'RECEIVER')];
        return sends || receives ? [`${role}:${sends && receives ? 'B' : sends ? 'S' : 'R'}`] : [];
      });
      expect(told.sort()).toEqual(TABLE[module]?.split(' ').sort());
    },
  );

  it('make of OTHER what a hub takes it for: a receiver like a navigation provider', () => {
    const received = MODULE_IDS.filter(module => rolesWith(module, 'RECEIVER').includes('OTHER'));
    expect(received).toEqual(MODULE_IDS.filter(module => hasSide('NSP', module, 'RECEIVER')));
    expect(MODULE_IDS.filter(module => hasSide('OTHER', module, 'SENDER'))).toEqual([]);
  });
});
