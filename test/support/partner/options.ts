import type { Operation, Overrides } from './action.ts';
import type { OutgoingRequest, TlsTrust } from './outgoing.ts';
import type { TokenForm } from './token.ts';

export type PartnerRole = 'CPO' | 'EMSP';

/** By what a token's form may be decided; `version` is unknown on a versions list reached before any agreement. */
export type FormRule<Form> = (operation: Operation, version: string | undefined) => Form;

/**
 * Lasting misbehaviour that no single answer shows (failures.md 4-8):
 * - `keeps-token-a`: token A stays valid after the registration
 * - `accepts-second-post`: POST on a registration is a new one (200), not 405
 * - `swaps-tokens`: after a registration, B and C are used and expected the wrong way round
 * - `drops-token-c`: as receiver answers 401 to the token C it gave; as initiator goes on with token A
 * - `never-refetches`: a PUT is answered without asking for versions and details
 * - `flat-credentials`: 2.1.1's flat credentials object in every version
 * - `credentials-without-roles`: 2.2+ credentials of token and url only
 * - `no-call-back`: a POST is answered without ever calling the sender
 */
export type Quirk =
  | 'keeps-token-a'
  | 'accepts-second-post'
  | 'swaps-tokens'
  | 'drops-token-c'
  | 'never-refetches'
  | 'flat-credentials'
  | 'credentials-without-roles'
  | 'no-call-back';

/** What a caller with a missing, unknown or wrongly written token gets (failures.md 19). */
export interface Refusal {
  status: number;
  body: 'envelope' | 'none' | 'html' | 'detail';
}

export interface PartnerModule {
  identifier: string;
  /** Left out of the details of 2.1.1. */
  role: 'SENDER' | 'RECEIVER';
}

/** Everything a partner can be told; what is left out behaves as the specification says. */
export interface PartnerOptions {
  /** Version strings offered, also unheard-of ones. Below 2.2 means flat credentials and no endpoint roles. */
  versions?: readonly string[];
  /** 2.2+ announces one role entry each; 2.1.1 is the first one only. */
  roles?: readonly PartnerRole[];
  party?: { countryCode: string; partyId: string; name: string };
  /** Modules besides credentials; the typical ones of the roles unless said. GET answers an empty list. */
  modules?: readonly PartnerModule[];
  /** Modules the other side must offer, else 3003 (or no POST): `locations` or `locations:SENDER`. */
  requires?: readonly string[];
  /** One details line each, used literally in every version; `none` is a line without role, `[]` no line at all. */
  credentialsRoles?: readonly ('SENDER' | 'RECEIVER' | 'none')[];

  /** Token A, then every token handed out, in order; random ones when used up. */
  tokens?: readonly string[];
  /** How it writes the tokens it sends: 2.1.1 raw, 2.2+ Base64 unless said. */
  sends?: TokenForm | FormRule<TokenForm>;
  /** Which form it takes; others are refused. By version unless said (a versions list: raw or base64). */
  wants?: 'any' | TokenForm | FormRule<'any' | TokenForm>;
  refusal?: Refusal;

  /** Path before every own path, `/ocpi` unless said; `''` for none. */
  prefix?: string;
  /** Whether own URLs end with a slash, and what the other spelling gets. */
  slash?: { advertised: boolean; otherwise: 'accept' | 404 | 301 | 302 | 307 | 308 };
  /** Scheme, host and port put into URLs instead of the listening ones. */
  advertisedOrigin?: string;
  /** `Credentials.url`; T8b: some send the details URL. */
  credentialsUrl?: 'versions' | 'details';

  /** Request and correlation ids: sent (2.2+ partners only unless said) and repeated in answers. */
  ids?: { send?: boolean; repeat?: 'always' | 'never' | 'on-success' };
  quirks?: readonly Quirk[];
  overrides?: Overrides;
  /** Last change to a request before it leaves (wrong content type, broken JSON, doubled header...). */
  outgoing?: (request: OutgoingRequest, operation: Operation) => OutgoingRequest;
  /** Last change to the credentials object it sends, as initiator and as receiver. */
  credentials?: (body: Record<string, unknown>, version: string) => unknown;
  /** How long its own calls may take, milliseconds; 5000 unless said. */
  callTimeout?: number;

  port?: number;
  host?: string;
  /** Serve HTTPS; PEM texts. With `clientCa` a client certificate signed by it is demanded. */
  tls?: { key: string; cert: string; clientCa?: string };
  /** For its own calls over HTTPS. */
  trust?: TlsTrust;
}

export type Settings = Required<Omit<PartnerOptions, OptionalKey>> & Pick<PartnerOptions, OptionalKey>;
type OptionalKey = 'outgoing' | 'credentials' | 'tls' | 'trust' | 'advertisedOrigin' | 'credentialsRoles';

/** The options with every default filled in. */
export function settle(options: PartnerOptions): Settings {
  const roles = options.roles ?? ['CPO'];
  return {
    versions: ['2.1.1', '2.2.1', '2.3.0'],
    party: { countryCode: 'DE', partyId: 'PRT', name: 'Partner' },
    modules: typicalModules(roles),
    requires: [],
    tokens: [],
    sends: formByVersion,
    wants: (operation, version) => (operation === 'versions' ? 'any' : formByVersion(operation, version)),
    refusal: { status: 401, body: 'envelope' },
    prefix: '/ocpi',
    slash: { advertised: false, otherwise: 'accept' },
    credentialsUrl: 'versions',
    ids: {},
    quirks: [],
    overrides: {},
    callTimeout: 5_000,
    port: 0,
    host: '127.0.0.1',
    ...options,
    roles,
  };
}

/** Roles of a modern version, or one flat party: true from 2.2 on, and for strings that are no number. */
export function hasRoles(version: string): boolean {
  const [major = Number.NaN, minor = 0] = version.split('.').map(Number);
  return !(major < 2 || (major === 2 && minor < 2));
}

/** What the specification says (digest 1.2); a caller that does not know the version yet is taken for a modern one. */
export function formByVersion(_operation: Operation, version: string | undefined): TokenForm {
  return version === undefined || hasRoles(version) ? 'base64' : 'raw';
}

function typicalModules(roles: readonly PartnerRole[]): PartnerModule[] {
  const modules: PartnerModule[] = [];
  for (const role of roles) {
    const [data, rest] = role === 'CPO' ? (['SENDER', 'RECEIVER'] as const) : (['RECEIVER', 'SENDER'] as const);
    for (const identifier of ['locations', 'sessions', 'cdrs', 'tariffs']) modules.push({ identifier, role: data });
    for (const identifier of ['tokens', 'commands']) modules.push({ identifier, role: rest });
  }
  return modules;
}
