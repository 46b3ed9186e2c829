import { describe, expect, it } from 'vitest';
import { type ObjectSource, recordingOfObject } from '../../core/replay/from-object.ts';
import { planReplay } from '../../core/replay/plan-replay.ts';
import { BEGIN, options, surroundings } from './support/recorded.ts';

const source = (changed: Partial<ObjectSource>): ObjectSource => ({
  title: 'it',
  module: 'sessions',
  version: '2.2.1',
  owner: { countryCode: 'NL', partyId: 'OUR' },
  revisions: [{ at: BEGIN, text: '{"id":"S 1","kwh":1.0}' }],
  ...changed,
});

describe('the revisions of an object', () => {
  it('are sent whole, with the time between them, as the owner would', () => {
    const text = '{"country_code":"NL","party_id":"OUR","id":"S 1","kwh":2.50}';
    const revisions = [...source({}).revisions, { at: BEGIN + 60_000, text }];
    const recording = recordingOfObject(source({ revisions }));
    expect(recording).toMatchObject({
      ok: true,
      value: {
        steps: [
          { at: 0, by: 'us' },
          { at: 60_000, spoken: { operation: 'sessions.put', request: { text } } },
        ],
      },
    });
    if (!recording.ok) return;
    const plan = planReplay({
      recording: recording.value,
      surroundings: surroundings(),
      options: options(),
      seed: 'a',
    });
    const url = plan.ok ? plan.value.view.steps[1]?.url : '';
    expect(url).toMatch(/^https:\/\/acme\.example\/receiver\/sessions\/SE\/WBX\/[A-Z]%20\d-[0-9a-f]{6}$/);
  });

  it.each([
    ['cdrs', '{"id":"C1"}', 'POST', '/cdrs'],
    ['tokens', '{"uid":"T1","type":"APP_USER"}', 'PUT', '/tokens/NL/OUR/T1?type=APP_USER'],
    ['locations', '{"id":"L1"}', 'PUT', '/locations/NL/OUR/L1'],
    ['tariffs', '{"id":"F1"}', 'PUT', '/tariffs/NL/OUR/F1'],
  ])('of %s have their own way', (module, text, method, url) => {
    const recording = recordingOfObject(source({ module, revisions: [{ at: BEGIN, text }] }));
    const [step] = recording.ok ? recording.value.steps : [];
    expect(step).toMatchObject({ spoken: { method, url: expect.stringMatching(`${url.replace('?', '\\?')}$`) } });
  });

  it('of payments are posted to the CPO', () => {
    const made = (text: string) =>
      recordingOfObject(source({ module: 'payments', version: '2.3.0', revisions: [{ at: BEGIN, text }] }));
    expect(made('{"terminal_id":"T"}')).toMatchObject({
      value: { steps: [{ spoken: { operation: 'payments.post-terminal' } }] },
    });
    expect(made('{"id":"F"}')).toMatchObject({
      value: { steps: [{ spoken: { operation: 'payments.post-confirmation' } }] },
    });
  });

  it('are refused where nobody pushes such objects, and where they are none', () => {
    expect(recordingOfObject(source({ module: 'payments' }))).toMatchObject({
      failure: { message: 'OCPI 2.2.1 has no way to push objects of payments' },
    });
    expect(recordingOfObject(source({ revisions: [{ at: BEGIN, text: '[1' }] }))).toMatchObject({
      failure: { message: 'revision 1 of "it" is no JSON object' },
    });
    expect(recordingOfObject(source({ revisions: [] }))).toMatchObject({ failure: { code: 'NOT_FOUND' } });
  });
});
