import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, linkKey, objectsIn, type Say, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_TOKENS = 50_000;
/** A charge that was asked for begins within this time, as a rule (digest 6.6). */
const RELATED_MS = 15 * 60_000;
const NO_ANSWER: ReadonlySet<string> = new Set([
  'timeout',
  'cut',
  'reset',
  'refused',
  'unreachable',
  'broken-off',
  'dns',
  'tls',
]);
const LOCAL: ReadonlySet<string> = new Set(['ALWAYS', 'ALLOWED', 'ALLOWED_OFFLINE']);

/** What is known of a customer's token, by its uid. */
interface Customer {
  whitelist?: string;
  valid?: boolean;
  /** The last real-time authorization. */
  asked?: { readonly at: number; readonly outcome: 'allowed' | 'refused' | 'unanswered'; readonly said: string };
}

/** Case 29: charges that begin although nobody allowed them. */
export function createAuthorizingFlow(): Flow {
  const customers = createRecent<Customer>(MOST_TOKENS);
  const sessions = createRecent<true>(MOST_TOKENS);
  return {
    see(reading, say) {
      const { observed, entry, params, body } = reading;
      if (entry === undefined) return;
      const link = linkKey(observed);
      const customer = (uid: string): Customer => {
        const key = `${link} ${uid.toLowerCase()}`;
        const known = customers.get(key) ?? {};
        customers.set(key, known);
        return known;
      };
      if (entry.id === 'tokens.authorize') noteAsked(customer(params['token_uid'] ?? ''), reading);
      else if (entry.module === 'tokens') {
        const sent = isJsonObject(body?.view) ? [body.view] : [];
        for (const token of [...sent, ...objectsIn(reading)])
          noteToken(customer(textIn(token, 'uid') ?? params['token_uid'] ?? ''), token);
      } else if (entry.module === 'sessions') {
        const sent = observed.method === 'PUT' && isJsonObject(body?.view) ? [body.view] : [];
        for (const session of [...sent, ...objectsIn(reading)]) {
          const key = `${link} ${textIn(session, 'id') ?? ''}`;
          // Only its beginning is of interest.
          if (sessions.get(key)) continue;
          sessions.set(key, true);
          const uid = isJsonObject(session['cdr_token']) ? textIn(session['cdr_token'], 'uid') : undefined;
          if (uid !== undefined) began({ session, customer: customer(uid), reading }, say);
        }
      }
    },
  };
}

function noteToken(customer: Customer, token: JsonObject): void {
  const whitelist = textIn(token, 'whitelist');
  if (whitelist !== undefined) customer.whitelist = whitelist;
  if (typeof token['valid'] === 'boolean') customer.valid = token['valid'];
}

function noteAsked(customer: Customer, { observed, answer }: Reading): void {
  const at = endOf(observed);
  const said = isJsonObject(answer?.data) ? textIn(answer.data, 'allowed') : undefined;
  if (said !== undefined) customer.asked = { at, outcome: said === 'ALLOWED' ? 'allowed' : 'refused', said };
  else if (NO_ANSWER.has(observed.ended.how) || (observed.response?.status ?? 0) >= 500) {
    const how = observed.response === undefined ? observed.ended.how : `HTTP ${observed.response.status}`;
    customer.asked = { at, outcome: 'unanswered', said: how };
  } else customer.asked = { at, outcome: 'refused', said: `HTTP ${observed.response?.status ?? 0}` };
}

interface Began {
  readonly session: JsonObject;
  readonly customer: Customer;
  readonly reading: Reading;
}

function began({ session, customer, reading }: Began, say: Say): void {
  const { observed } = reading;
  const [status, method] = [textIn(session, 'status'), textIn(session, 'auth_method')];
  if (status !== 'ACTIVE' && status !== 'PENDING') return;
  const { asked, whitelist, valid } = customer;
  const pointer = '/auth_method';
  if (method === 'WHITELIST') {
    if (whitelist === 'NEVER') {
      say(observed.id, 'session.whitelist-ignored', {
        pointer,
        met: 'WHITELIST',
        expected: 'AUTH_REQUEST, for a token with NEVER',
      });
    } else if (valid === false) {
      say(observed.id, 'session.whitelist-ignored', {
        pointer,
        met: 'WHITELIST',
        expected: 'no charge: the token is not valid',
      });
    }
    return;
  }
  // What a command starts was authorized with it.
  if (method !== 'AUTH_REQUEST' || asked === undefined || observed.startedAt - asked.at > RELATED_MS) return;
  if (asked.outcome === 'refused') {
    say(observed.id, 'session.after-refusal', { met: `a session after ${asked.said}`, expected: 'no session' });
  } else if (asked.outcome === 'unanswered' && !LOCAL.has(whitelist ?? '')) {
    say(observed.id, 'session.after-missed-deadline', {
      met: `a session after ${asked.said}`,
      expected: 'an answer first',
    });
  } else if (asked.outcome === 'allowed' && observed.startedAt < asked.at) {
    const met = 'a session while the authorization was open';
    say(observed.id, 'session.after-missed-deadline', { met, expected: 'an answer first' });
  }
}
