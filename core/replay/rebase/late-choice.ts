import { ciEqual } from '../../ocpi/ci-string.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Plan } from '../plan.ts';
import { evseOf, type Mark, up } from './marks.ts';
import { mappedAs } from './value-now.ts';

/**
 * An EVSE, a connector or a contract that nobody named, while what it belongs to was told meanwhile: one of that location
 * or token, as far as it is known; or the partner's party. True where one was found; the plan knows it from now on.
 */
export function lateChoice(plan: Plan, mark: Mark): boolean {
  const { mapping, surroundings } = plan;
  const { ours, theirs } = surroundings;
  const { kind, group } = mark;
  const take = (to: string | undefined): boolean => {
    if (to === undefined) return false;
    mapping.set(kind, mappedAs(mark), to);
    return true;
  };
  const nowOf = (of: 'location' | 'evse' | 'token', then: string | undefined) =>
    then === undefined ? undefined : mapping.get(of, then);
  if (kind === 'party') return lateParty(plan, mark.value);
  if (kind === 'contract') {
    const uid = nowOf('token', group.ids.token);
    if (uid === undefined) return false;
    return take([...ours.tokens, ...theirs.tokens].find(token => ciEqual(token.uid, uid))?.contract);
  }
  if (kind !== 'evse' && kind !== 'connector') return false;
  const location = nowOf('location', up(group, 'location'));
  if (location === undefined) return false;
  const ofEvse = kind === 'connector' || mark.field === 'evse_id';
  const evse = ofEvse ? nowOf('evse', evseOf(group)) : undefined;
  const places = [...ours.places, ...theirs.places].filter(
    place => ciEqual(place.location, location) && (evse === undefined || ciEqual(place.evse, evse)),
  );
  const place = places.find(({ available }) => available) ?? places[0];
  if (kind === 'connector') return take(place?.connector);
  return take(mark.field === 'evse_id' ? place?.evseId : place?.evse);
}

/** A party of the partner's that nobody could name before the two were registered; the plan knows it from now on. */
export function lateParty(plan: Pick<Plan, 'mapping' | 'surroundings' | 'recording'>, party: string): boolean {
  const { mapping, surroundings, recording } = plan;
  const [told] = surroundings.theirs.parties;
  // In any other replay who is unknown is neither of the two, and stays who it is.
  const registers = recording.steps.some(step => step.kind === 'flow' && step.flow === 'register');
  if (told === undefined || !registers) return false;
  mapping.set('party', party, formatPartyId(told));
  return true;
}
