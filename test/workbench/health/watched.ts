import { afterAll } from 'vitest';
import type { NoticeKind } from '../../../core/contract/health.ts';
import { movedClock } from '../../support/moved-clock.ts';
import { startPartner } from '../../support/partner/partner.ts';
import { newName, registerWith, sharedPlatform } from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { inRoles } from '../../support/registered-partner.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Of the whole file: it only goes on, so each test looks at a partner of its own. */
export const clock = movedClock();
export const ours = sharedPlatform({ clock, parties: inRoles('WBX', ['EMSP', 'CPO']) });

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.splice(0).map(stop => stop())));

/** What is open of one link once everything was looked at. */
export async function kindsOf(link: string): Promise<NoticeKind[]> {
  const { client } = await ours();
  return (await client.health.look({ link })).notices.map(({ kind }) => kind).sort();
}

/** A raw partner that has just registered with us. */
export async function watched() {
  const us = await ours();
  const name = newName();
  const partner = await startPartner({ roles: ['CPO', 'EMSP'] });
  stops.push(() => partner.stop());
  const run = await registerWith(us, partner, { name, version: '2.2.1' });
  if (run.state !== 'done') throw new Error(`the registration ended as ${run.state}`);
  const { client } = us;
  const port = Number(new URL(us.versionsUrl).port);
  const send = (method: string, path: string, body?: unknown) => {
    const token = Buffer.from(partner.relation.outgoing ?? '').toString('base64');
    const headers = [`Authorization: Token ${token}`, 'Content-Type: application/json'];
    const text = body === undefined ? '' : JSON.stringify(body);
    return ask({ port }, request(`${method} ${path}`, headers, text));
  };
  const sentences = async (kind: NoticeKind) => {
    const { notices } = await client.health.notices({ link: name, open: true });
    return notices.filter(notice => notice.kind === kind).map(({ sentence }) => sentence);
  };
  return { us, name, partner, client, send, sentences, kinds: () => kindsOf(name) };
}
