import { describe, expect, it } from 'vitest';
import type { Version } from '../../../core/ocpi/versions.ts';
import { createAuthorizing } from '../../../core/sandbox/life/authorizing.ts';
import { TOKEN } from './stage.ts';

const CARD = { ...TOKEN, type: 'RFID', visual_number: 'V-1' };
const hidden = (publish_allowed_to?: readonly object[]) => ({ id: 'LOC1', publish: false, publish_allowed_to });

function asked(
  uid: string,
  { version = '2.2.1', theirs, type = 'RFID' }: { version?: Version; theirs?: object; type?: string } = {},
) {
  const tokens = [CARD, { ...CARD, uid: 'INVALID', valid: false }];
  const { authorize } = createAuthorizing({
    newId: () => 'REF-1',
    data: {
      get: (_module, id, of) => tokens.find(token => token.uid === id && (of === undefined || token.type === of)),
      location211: () => undefined,
      page: () => ({ total: 0, items: [] }),
      setStatus: () => ({ ok: true, value: { lastUpdated: '' } }),
      keep: () => ({ ok: true, value: undefined }),
    },
    partners: { get: () => theirs && { ...theirs }, some: async () => [], since: async () => [] },
  });
  return authorize({
    uid,
    type,
    version,
    linkId: 1,
    location: { location_id: 'LOC1', evse_uids: ['E1'] },
    caller: { token: { id: 'x', kind: 'C', state: 'active' }, form: 'raw', registered: true, parties: [] },
  });
}

describe('a provider that lives', () => {
  it('allows its tokens where they may charge, with the place and a reference', () => {
    const allowed = { allowed: 'ALLOWED', location: { location_id: 'LOC1', evse_uids: ['E1'] } };
    expect(asked(CARD.uid)).toEqual({
      info: { ...allowed, authorization_reference: 'REF-1', token: expect.objectContaining({ uid: CARD.uid }) },
    });
    // 2.1.1 tells neither the token nor a reference.
    expect(asked(CARD.uid, { version: '2.1.1' })).toEqual({ info: allowed });
    // A private charger it does not know, or one that is for this token.
    expect(asked(CARD.uid, { theirs: hidden([{ visual_number: 'v-1' }]) })).toMatchObject({ info: allowed });
  });

  it('says why not: of an invalid token always the same, of a place that is for others NOT_ALLOWED', () => {
    const refused = asked('INVALID');
    expect(refused).toMatchObject({ info: { allowed: expect.stringMatching(/^(BLOCKED|EXPIRED|NO_CREDIT)$/) } });
    expect(asked('INVALID')).toEqual(refused);
    expect(refused).not.toHaveProperty('info.location');
    expect(refused).not.toHaveProperty('info.authorization_reference');
    expect(asked(CARD.uid, { theirs: hidden([{ uid: 'ANOTHER' }]) })).toMatchObject({
      info: { allowed: 'NOT_ALLOWED' },
    });
  });

  it('knows nothing of a token it does not own, or of one of another type', () => {
    expect(asked('STRANGER')).toMatchObject({ statusCode: 2004 });
    expect(asked(CARD.uid, { type: 'APP_USER' })).toMatchObject({ statusCode: 2004 });
    // In 2.1.1 types are not told apart (T44).
    expect(asked(CARD.uid, { type: 'OTHER', version: '2.1.1' })).toMatchObject({ info: { allowed: 'ALLOWED' } });
  });
});
