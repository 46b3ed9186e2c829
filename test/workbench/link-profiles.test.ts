import { describe, expect, it } from 'vitest';
import { LINK_PROFILES } from '../../core/contract/link-profile.ts';
import { failureOf } from '../support/platform.ts';
import { GOOD, meet, own } from './sending/meeting.ts';

const NOW = '2026-02-03T04:05:06Z';

describe('the profile of a link', () => {
  it('brings the settings it means, which may be changed one by one, and is taken back as a whole', async () => {
    const { us, name } = await meet('2.2.1');
    const { links } = us.client;
    const hub = await links.set({ name, settings: { profile: 'hub-fifo' } });
    expect(hub.settings).toMatchObject({ profile: 'hub-fifo', credentialsPut: false, repeatPushes: true });
    const edited = await links.set({ name, settings: { credentialsPut: true } });
    expect(edited.settings).toMatchObject({ profile: 'hub-fifo', credentialsPut: true, repeatPushes: true });
    const other = await links.set({ name, settings: { profile: 'late-authorize', trailingSlash: true } });
    expect(other.settings).toMatchObject({
      profile: 'late-authorize',
      trailingSlash: true,
      firstByteTimeout: LINK_PROFILES['late-authorize'].speaking.firstByteTimeout,
    });
    expect(other.settings.repeatPushes).toBeUndefined();
    const none = await links.set({ name, settings: { profile: null } });
    expect(none.settings).toEqual({ tokenForm: 'auto', requiredModules: [] });
  });

  it('trailing-slash puts a slash behind what we append, and follows what the partner gave byte for byte', async () => {
    const { us, name, at, answer, pushed, partner } = await meet('2.2.1');
    await us.client.links.set({ name, settings: { profile: 'trailing-slash' } });
    const path = `${at('tokens', 'receiver', 'NL', 'WBX', 'T1')}/?type=RFID`;
    answer('PUT', path, GOOD);
    const text = JSON.stringify({ ...own('2.2.1', 'Token', { uid: 'T1', type: 'RFID' }), last_updated: NOW });
    const before = partner.requests.length;
    const run = await pushed({ module: 'tokens', method: 'PUT', text });
    const [sent] = partner.requests.slice(before);
    expect(sent?.url.replace(/\?.*$/, '')).toMatch(/\/NL\/WBX\/T1\/$/);
    expect(run.steps.length).toBeGreaterThan(0);
    const preview = await us.client.sending.preview({
      name,
      operation: 'locations.get',
      params: { location_id: 'LOC1' },
    });
    expect(preview.url).toMatch(/\/LOC1\/$/);
    const list = await us.client.sending.preview({ name, operation: 'locations.list', query: { limit: '5' } });
    expect(list.url).not.toContain('/?');
  });

  it('raw-token-2.1.1 writes the token as it is, whatever was learned', async () => {
    const { us, name } = await meet('2.1.1');
    await us.client.links.set({ name, settings: { profile: 'raw-token-2.1.1' } });
    const { settings } = await us.client.links.get({ name });
    expect(settings.tokenForm).toBe('raw');
  });

  it('hub-fifo refuses to rotate, and says what to do instead', async () => {
    const { us, name } = await meet('2.3.0');
    await us.client.links.set({ name, settings: { profile: 'hub-fifo' } });
    const failure = await failureOf(us.client.links.get({ name }).then(() => us.client.runs.rotate({ name })));
    expect(failure).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('no PUT of credentials') });
    expect(failure.advice).toContain('token A');
  });
});
