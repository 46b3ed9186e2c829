import type { OwnParty } from '../../core/contract/platform.ts';
import type { Version } from '../../core/ocpi/versions.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { newName, register, type TestPlatform } from './platform.ts';
import { ask, request } from './raw-client.ts';

export type Json = Record<string, unknown>;

/** One party in several roles. */
export function inRoles(partyId: string, roles: readonly OwnParty['role'][]): OwnParty[] {
  return roles.map(role => ({ countryCode: 'NL', partyId, role, name: partyId }));
}

/** A fixture as NL-ABC, the partner, would send it. */
export function theirsOf(version: Version, type: string, changes: Json = {}): Json {
  const object = fixture(version, type);
  const owner = 'party_id' in object && version !== '2.1.1' ? { country_code: 'NL', party_id: 'ABC' } : {};
  return { ...object, ...owner, ...changes };
}

/** A partner that registered with us with its own workbench, and calls us with literal bytes from then on. */
export async function meet(us: TestPlatform, partner: TestPlatform, name = newName()) {
  const { token, versionsUrl } = await us.client.links.invite({ name });
  await partner.client.links.add({ name, versionsUrl, token });
  const run = await register(partner, { name });
  if (run.state !== 'done') throw new Error(`the registration ended as ${run.state}`);
  const { tokens } = await partner.client.links.get({ name });
  const active = tokens.findLast(({ direction, state }) => direction === 'outgoing' && state === 'active');
  const revealed = await partner.client.links.reveal({ name, tokenId: active?.id ?? '' });
  const authorization = `Authorization: Token ${Buffer.from(revealed.token).toString('base64')}`;
  const port = Number(new URL(us.versionsUrl).port);
  const send = async (method: string, path: string, body?: unknown) => {
    const typed = body === undefined ? [authorization] : [authorization, 'Content-Type: application/json'];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await ask({ port }, request(`${method} ${path}`, typed, body === undefined ? '' : text));
    const json = (answer.body === '' ? {} : JSON.parse(answer.body)) as {
      data?: unknown;
      status_code: number;
      status_message: string;
    };
    return { ...answer, json, codes: [answer.status, json.status_code] };
  };
  /** Findings of the newest exchange with them. */
  const found = async () => {
    const [newest] = await us.client.exchanges.list({ link: name, direction: 'in', limit: 1 });
    return newest?.findings.map(({ code }) => code) ?? [];
  };
  return { us, name, port, authorization, send, found };
}

export type Meeting = Awaited<ReturnType<typeof meet>>;
