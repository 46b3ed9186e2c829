import { beforeAll, expect, it } from 'vitest';
import { commanded, post, START } from '../sending/commanding.ts';
import { meetAll, partnerOf, says } from '../sending/meeting.ts';

beforeAll(meetAll);

it('a result that has not come is told with the command it belongs to, until it comes', async () => {
  const partner = partnerOf('2.2.1');
  const { client } = partner.us;
  const { url, run } = await commanded(partner, START, { answer: says(200, 1000, { result: 'ACCEPTED', timeout: 0 }) });
  const exchangeId = run.steps.find(({ step }) => step === 'request')?.exchangeIds[0];
  const { notices } = await client.health.look({ link: partner.name });
  expect(notices.map(({ kind }) => kind)).toEqual(['callbacks-overdue']);
  expect(notices[0]?.sentence).toMatch(
    new RegExp(`^1 result has not come: START.SESSION of exchange ${exchangeId}, due at \\S+Z\\.$`),
  );
  const { links } = await client.health.links({ link: partner.name });
  expect(links[0]?.overdue).toMatchObject([{ exchangeId, what: 'START_SESSION' }]);

  expect(await post(partner, url, { result: 'ACCEPTED' })).toEqual([200, 1000]);
  expect((await client.health.look({ link: partner.name })).notices).toEqual([]);
});
