import { ciEqual } from '../../ocpi/ci-string.ts';
import { convertObject } from '../../ocpi/convert/convert.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Simulation } from '../../server/simulation.ts';
import { hashText } from '../world/chance.ts';
import { partyOf } from './charge-objects.ts';
import { objectsIn } from './place.ts';
import type { LifePorts } from './ports.ts';

/** Why a token that is not valid does not charge: the same one for the same token, each time. */
const REASONS = ['BLOCKED', 'EXPIRED', 'NO_CREDIT'] as const;

/** As eMSP: who may charge, by our own tokens and by where it is (digest 6.5). Opening hours and statuses do not matter. */
export function createAuthorizing(
  ports: Pick<LifePorts, 'data' | 'partners' | 'newId'>,
): Pick<Simulation, 'authorize'> {
  return {
    authorize: ({ uid, type, location, linkId, version }) => {
      const token = ports.data.get('tokens', uid, atLeast22(version) ? type : undefined);
      if (token === undefined) {
        return { statusCode: 2004, message: `we have no token ${uid} of type ${type}` };
      }
      const id = location?.['location_id'];
      const theirs = typeof id === 'string' ? ports.partners.get(linkId, 'locations', id) : undefined;
      const allowed =
        token['valid'] === false
          ? (REASONS[hashText(uid) % REASONS.length] ?? REASONS[0])
          : theirs !== undefined && !isWelcome(token, theirs)
            ? 'NOT_ALLOWED'
            : 'ALLOWED';
      const info = {
        allowed,
        ...(allowed === 'ALLOWED' && location !== undefined ? { location } : {}),
      };
      if (!atLeast22(version)) return { info };
      const owner = partyOf(`${String(token['country_code'])}-${String(token['party_id'])}`);
      const written = convertObject(token, { module: 'tokens', from: '2.3.0', to: version, owner });
      const reference = allowed === 'ALLOWED' ? { authorization_reference: ports.newId() } : {};
      return { info: { ...info, token: written ?? token, ...reference } };
    },
  };
}

/** A location that is not published is for those it names (digest 6.1). */
function isWelcome(token: JsonObject, { publish, publish_allowed_to: names }: JsonObject): boolean {
  if (publish !== false || !Array.isArray(names) || names.length === 0) return true;
  const fits = (name: JsonObject) =>
    (['uid', 'group_id', 'visual_number'] as const).some(
      field => typeof name[field] === 'string' && ciEqual(name[field], String(token[field])),
    );
  return objectsIn(names).some(fits);
}
