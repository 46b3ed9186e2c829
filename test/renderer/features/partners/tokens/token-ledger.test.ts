import { describe, expect, it } from 'vitest';
import { ledgerLines } from '../../../../../renderer/features/partners/tokens/token-ledger.ts';
import { token } from '../made.ts';

const hints = (more: Parameters<typeof token>[0], version?: '2.1.1' | '2.2.1') =>
  ledgerLines({ tokens: [token(more)], ...(version === undefined ? {} : { version }) })[0]?.hints;

describe('the token ledger', () => {
  it('has what is valid first, then the newest', () => {
    const lines = ledgerLines({
      tokens: [
        token({ id: 'old A', kind: 'A', state: 'retired' }),
        token({ id: 'previous', state: 'previous' }),
        token({ id: 'B' }),
        token({ id: 'C', kind: 'C', direction: 'outgoing' }),
        token({ id: 'new A', kind: 'A', state: 'pending' }),
        token({ id: 'B before', state: 'retired' }),
      ],
    });
    expect(lines.map(({ token: { id }, live }) => `${id}${live ? '' : ', dead'}`)).toEqual([
      'C',
      'B',
      'new A',
      'previous',
      'B before, dead',
      'old A, dead',
    ]);
  });

  it('says in what form a token came where the version has another one', () => {
    expect(hints({ lastForm: 'raw' }, '2.2.1')).toEqual(['other-form']);
    expect(hints({ lastForm: 'base64' }, '2.2.1')).toEqual([]);
    expect(hints({ lastForm: 'base64' }, '2.1.1')).toEqual(['other-form']);
    expect(hints({ lastForm: 'raw' }, '2.1.1')).toEqual([]);
    expect(hints({ lastForm: 'raw', kind: 'A' }, '2.2.1')).toEqual([]);
    expect(hints({ lastForm: 'raw' })).toEqual([]);
  });

  it('names the ways in which partners encode wrongly', () => {
    expect(hints({ lastForm: 'base64+lf' }, '2.2.1')).toEqual(['line-feed']);
    expect(hints({ lastForm: 'double-base64' }, '2.2.1')).toEqual(['double']);
    expect(hints({ lastForm: 'base64url' }, '2.2.1')).toEqual(['url-alphabet']);
    expect(hints({ lastForm: 'base64-unpadded' }, '2.2.1')).toEqual(['unpadded']);
  });

  it('points at tokens that cannot be read, are too long, or were never used', () => {
    expect(hints({ readable: false })).toEqual(['unreadable']);
    expect(hints({ length: 65 })).toEqual(['long']);
    const unused = token({ state: 'active' });
    delete unused.lastUsedAt;
    delete unused.lastForm;
    expect(ledgerLines({ tokens: [unused], version: '2.2.1' })[0]?.hints).toEqual(['never-used']);
    expect(hints({ state: 'previous' })).toEqual(['until-successor']);
  });
});
