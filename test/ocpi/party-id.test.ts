import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPartyId, parsePartyId, partyKey, samePartyId } from '../../core/ocpi/party-id.ts';

describe('party ids', () => {
  it.each(['NL-WBX', 'NLWBX', 'NL*WBX', ' NL-WBX '])('%j is the party WBX of the Netherlands', text => {
    expect(parsePartyId(text)).toEqual({ countryCode: 'NL', partyId: 'WBX' });
  });

  it.each(['', 'NL', 'NL-', 'N-WBX', 'NL-WBXY', 'NL-W X', '12-ABC'])('%j is no party id', text => {
    expect(parsePartyId(text)).toBeUndefined();
  });

  it('the spelling is kept, and does not matter for comparing', () => {
    const lower = { countryCode: 'nl', partyId: 'tnm' };
    const upper = { countryCode: 'NL', partyId: 'TNM' };
    expect(formatPartyId(lower)).toBe('nl-tnm');
    expect(samePartyId(lower, upper)).toBe(true);
    expect(partyKey(lower)).toBe(partyKey(upper));
    expect(samePartyId(upper, { countryCode: 'NL', partyId: 'TNX' })).toBe(false);
  });

  it('any party id that is written is read back', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z]{2}$/),
        fc.stringMatching(/^[A-Za-z0-9]{1,3}$/),
        (countryCode, partyId) => {
          expect(parsePartyId(formatPartyId({ countryCode, partyId }))).toEqual({ countryCode, partyId });
        },
      ),
    );
  });
});
