import { describe, expect, it } from 'vitest';
import type { PlatformView } from '../../../../core/contract/platform.ts';
import { changesIn, draftOf } from '../../../../renderer/features/settings/platform-draft.ts';

const platform: PlatformView = {
  parties: [{ countryCode: 'NL', partyId: 'WBX', role: 'EMSP', name: 'Workbench' }],
  versions: ['2.1.1', '2.2.1'],
  host: '127.0.0.1',
  port: 41_200,
  serving: true,
  listeningPort: 41_200,
  versionsUrl: 'http://127.0.0.1:41200/ocpi/versions',
  database: '/home/me/workbench.db',
  databaseBytes: 4096,
  release: '0.1.0',
  pid: 1,
  recording: { ok: true },
  search: { ok: true },
  keyNotice: null,
  servingFailure: null,
};

describe('the form of our platform', () => {
  it('asks for nothing where nothing was changed', () => {
    expect(changesIn(draftOf(platform), platform)).toEqual({});
  });

  it('asks only for what was changed', () => {
    const draft = { ...draftOf(platform), port: '41300', host: ' 0.0.0.0 ' };
    expect(changesIn(draft, platform)).toEqual({ port: 41_300, host: '0.0.0.0' });
  });

  it('lists versions in their order, in whatever order they were ticked', () => {
    const draft = { ...draftOf(platform), versions: ['2.3.0', '2.1.1'] };
    expect(changesIn(draft, platform)).toEqual({ versions: ['2.1.1', '2.3.0'] });
  });

  it('takes an emptied public URL back', () => {
    const served = { ...platform, publicUrl: 'https://ocpi.example.com' };
    expect(changesIn({ ...draftOf(served), publicUrl: ' ' }, served)).toEqual({ publicUrl: null });
    expect(changesIn({ ...draftOf(platform), publicUrl: 'https://a.example' }, platform)).toEqual({
      publicUrl: 'https://a.example',
    });
  });
});
