import { describe, expect, it } from 'vitest';
import { commandTarget } from '../../../../renderer/features/locations/detail/command-target.ts';
import { link } from '../partners/made.ts';

const LOCATION = { id: 'LOC1', party: 'NL-VOL' };
const commands = { identifier: 'Commands', role: 'RECEIVER', url: 'https://volta.example/commands' };
const volta = (more: Parameters<typeof link>[0] = {}) =>
  link({ name: 'volta', state: 'registered', version: '2.2.1', endpoints: [commands], parties: [], ...more });
const party = (partyId: string) => ({ countryCode: 'NL', partyId, role: 'CPO' });

describe('commands about a location', () => {
  it('go to its partner, named by party where the partner speaks for several', () => {
    expect(commandTarget(volta(), LOCATION)).toEqual({ link: 'volta', location: 'LOC1' });
    expect(commandTarget(volta({ parties: [party('VOL'), party('AMP')] }), LOCATION)).toEqual({
      link: 'volta',
      location: 'LOC1',
      to: 'NL-VOL',
    });
    const old = volta({ version: '2.1.1', endpoints: [{ identifier: 'commands', url: commands.url }] });
    expect(commandTarget(old, LOCATION)).toEqual({ link: 'volta', location: 'LOC1' });
  });

  it('go nowhere where the partner takes none, only reading is allowed, or nothing is agreed', () => {
    expect(commandTarget(undefined, LOCATION)).toBeUndefined();
    expect(commandTarget(volta({ readOnly: true }), LOCATION)).toBeUndefined();
    expect(commandTarget(volta({ state: 'suspended' }), LOCATION)).toBeUndefined();
    expect(commandTarget(volta({ endpoints: [{ ...commands, role: 'SENDER' }] }), LOCATION)).toBeUndefined();
  });
});
