import { expect, it } from 'vitest';
import { soon } from '../sending/commanding.ts';
import { meet } from '../sending/meeting.ts';
import { over, theirs, told, VERSION } from './charging.ts';

const refusing = JSON.stringify({
  scenario: 1,
  name: 'refuse-twice',
  title: 'Refuse one, take one',
  versions: ['2.2.1'],
  parts: ['cpo'],
  steps: [
    {
      from: 'emsp',
      do: 'commands.unlock-connector',
      within: 60,
      answer: { answer: 'reject', result: 'NOT_SUPPORTED' },
    },
    {
      from: 'emsp',
      do: 'commands.unlock-connector',
      within: 60,
      answer: { answer: 'accept', result: 'ACCEPTED', later: 'none' },
    },
  ],
});

it('a scenario decides what the partner is answered while it runs, one call after the other, and nothing of it stays', async () => {
  const met = await meet(VERSION);
  const { us, name } = met;
  const { client } = us;
  const unlock = async () => {
    const path = `/ocpi/${VERSION}/receiver/commands/UNLOCK_CONNECTOR`;
    const body = {
      response_url: `${met.partner.origin}/results/1`,
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
    };
    await theirs(met, 'POST', path, body);
    const [newest] = await client.exchanges.list({ link: name, direction: 'in', limit: 1 });
    const view = await client.exchanges.get({ id: newest?.id ?? 0 });
    return (JSON.parse(view.response?.body.text ?? '{}') as { data?: { result?: string } }).data?.result;
  };
  const lines = async () => client.decisions.policies({ name });

  const [before, usual] = [await lines(), await unlock()];
  expect(usual).not.toBe('NOT_SUPPORTED');
  const { runId } = await client.replays.start({
    to: name,
    source: { kind: 'written', name: 'refusing', text: refusing },
    speed: 'fast',
  });
  expect(await unlock()).toBe('NOT_SUPPORTED');
  while ((await client.replays.get({ runId })).done === 0) await soon();
  expect(await unlock()).toBe('ACCEPTED');
  const { steps } = await over(met, runId);
  expect(told(steps)).toEqual(Array(2).fill('same await commands.unlock-connector'));
  expect(await unlock()).toBe(usual);
  expect(await lines()).toEqual(before);
});
