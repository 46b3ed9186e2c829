import type { JsonObject } from '../json-value.ts';
import type { PartyId } from '../party-id.ts';

/** What an object does not say of itself in one version and has to say in another. */
export interface ConvertContext {
  /** Whose the object is: 2.1.1 does not say it in the object. */
  readonly owner: PartyId;
  /** Whom it is made for. Tokens of sessions and CDRs of 2.1.1 are taken for theirs; the owner's where nobody is named. */
  readonly peer?: PartyId;
  /** A location of the owner in 2.1.1, where sessions hold a whole one. */
  readonly location?: (id: string) => JsonObject | undefined;
}

/** What stands for text that is required and not known (digest 1.9). */
export const NOT_AVAILABLE = '#NA';
