import { convertObject } from '../../ocpi/convert/convert.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import { partyOf } from './charge-objects.ts';
import type { LifeAnswer, LifeLink, LifePorts } from './ports.ts';

/**
 * A card of ours is made known to the CPO before its owner charges there (digest 6.5). Tokens of apps stay unknown: they
 * come with the command. Undefined where nothing was to be told.
 */
export async function announceToken(
  ports: Pick<LifePorts, 'send' | 'facing'>,
  { link, version }: LifeLink,
  token: JsonObject,
): Promise<LifeAnswer | undefined> {
  const { uid, type, country_code: country, party_id: id } = token;
  const takes = link.endpoints.some(
    ({ identifier, role }) => identifier === 'tokens' && (!atLeast22(version) || role === 'RECEIVER'),
  );
  if (!takes || typeof uid !== 'string' || type === 'APP_USER' || type === 'AD_HOC_USER') return undefined;
  const owner = atLeast22(version) ? partyOf(`${String(country)}-${String(id)}`) : ports.facing(link);
  const body = convertObject(token, { module: 'tokens', from: '2.3.0', to: version, owner });
  if (body === undefined) return undefined;
  return ports.send({
    linkId: link.id,
    operation: 'tokens.put',
    params: { country_code: owner.countryCode, party_id: owner.partyId, token_uid: uid },
    ...(atLeast22(version) ? { query: { type: String(type) } } : {}),
    body,
    from: owner,
  });
}
