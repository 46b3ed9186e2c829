import * as z from 'zod';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { Message } from '../draft.ts';
import { altered, nothing } from '../editing/altered.ts';
import { editPayload, objectsIn, type Payload, payloadOf } from '../editing/envelope.ts';
import { editJson, type JsonEdit, withJson } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { plainHttpUrl, relativeUrl, urlEdits } from '../editing/urls.ts';
import { type FaultKind, faultKind } from '../kind.ts';
import { DISCOVERY_CREDENTIALS_KINDS } from './discovery-credentials.ts';
import { DISCOVERY_ENDPOINT_KINDS } from './discovery-endpoints.ts';
import { DISCOVERY_REFUSAL_KINDS } from './discovery-refusals.ts';

const LIST = { operation: 'versions.list', version: '2.2.1', direction: 'answer' } as const;
const DETAILS = { ...LIST, operation: 'versions.details' } as const;
const ofVersions = ({ module }: { readonly module: string }) => module === 'versions';

const NO_VERSIONS = 'there is neither a list of versions nor version details';

interface Listed {
  readonly at: string;
  readonly version: string;
}

/** The version numbers of a list, or the one of version details. */
function versionsIn({ json, at }: Payload): readonly Listed[] {
  if (Array.isArray(json)) {
    return objectsIn(json).flatMap(({ index, json: entry }) =>
      typeof entry['version'] === 'string' ? [{ at: `${at}/${index}/version`, version: entry['version'] }] : [],
    );
  }
  const { version }: { readonly version?: unknown } = isJsonObject(json) ? json : {};
  return typeof version === 'string' ? [{ at: `${at}/version`, version }] : [];
}

const bareArray = faultKind({
  kind: 'discovery.bare-array',
  family: 'discovery',
  title: 'Versions without an envelope',
  explain: () => 'The list of versions, or the version details, crosses bare, without an envelope around it.',
  parameters: NO_PARAMETERS,
  cases: [],
  directions: ['answer'],
  fits: ofVersions,
  sample: LIST,
  alter: draft => {
    const payload = payloadOf(draft.message);
    const data = payload === undefined ? undefined : cutJson(payload.text, payload.at);
    return data === undefined
      ? nothing(NO_VERSIONS)
      : altered(withJson(draft, data), 'data was sent without its envelope');
  },
});

const versionString = faultKind({
  kind: 'discovery.version-string',
  family: 'discovery',
  title: 'Wrong version string',
  explain: ({ version, only }) =>
    `${only === '' ? 'Each version number' : `Version ${only}`} is written ${version === '' ? 'without its last part, as 2.1 for 2.1.1' : version}.`,
  parameters: z.strictObject({
    only: z.string().max(20).default('').describe('The version that is misnamed; empty: each.'),
    version: z
      .string()
      .max(40)
      .default('')
      .describe('What is written instead; empty: the number without its last part.'),
  }),
  cases: [9],
  directions: ['answer'],
  fits: ofVersions,
  sample: LIST,
  alter: (draft, { parameters: { only, version } }) => {
    const listed = listedIn(draft.message).filter(one => only === '' || one.version === only);
    const edits = listed.map((one): JsonEdit => ({ at: one.at, set: version || one.version.replace(/\.[^.]*$/, '') }));
    const names = listed.map(one => one.version).join(', ');
    return editPayload(draft, {
      edits,
      did: `${names} was written in another way`,
      none: only === '' ? NO_VERSIONS : `version ${only} is not listed`,
    });
  },
});

const noCommonVersion = faultKind({
  kind: 'discovery.no-common-version',
  family: 'discovery',
  title: 'No version in common',
  explain: ({ version }) => `The list of versions has nothing but ${version}.`,
  parameters: z.strictObject({
    version: z.string().min(1).max(40).default('3.0').describe('The only version that is listed.'),
  }),
  cases: [9],
  directions: ['answer'],
  fits: ({ id }) => id === 'versions.list',
  sample: LIST,
  alter: (draft, { parameters: { version } }) => {
    const payload = payloadOf(draft.message);
    const [first] = payload === undefined ? [] : objectsIn(payload.json);
    const element = payload && first && cutJson(payload.text, `${payload.at}/${first.index}`);
    const edits: JsonEdit[] =
      payload && element
        ? [{ at: payload.at, text: `[${editJson(element, [{ at: '/version', set: version }])}]` }]
        : [];
    return editPayload(draft, {
      edits,
      did: `nothing but version ${version} was listed`,
      none: 'there is no list of versions',
    });
  },
});

interface UrlFault {
  readonly kind: `discovery.${string}`;
  readonly title: string;
  readonly explain: string;
  readonly cases: readonly number[];
  readonly change: (url: string) => string | undefined;
  readonly did: string;
  readonly none: string;
}

/** A kind that writes the URLs of versions, endpoints and credentials in another way. */
function urlFault({ change, did, none, explain, ...kind }: UrlFault): FaultKind {
  return faultKind({
    ...kind,
    family: 'discovery',
    explain: () => explain,
    parameters: NO_PARAMETERS,
    directions: ['answer', 'send'],
    fits: ({ module, method }) => module === 'versions' || (module === 'credentials' && method !== 'DELETE'),
    sample: DETAILS,
    alter: draft => {
      const payload = payloadOf(draft.message);
      return editPayload(draft, { edits: payload ? urlEdits(topOf(payload.json), payload.at, change) : [], did, none });
    },
  });
}

/** The URLs of business details are nobody's endpoints. */
function topOf(json: unknown): unknown {
  return isJsonObject(json) && 'token' in json ? { url: json['url'] } : json;
}

function listedIn(message: Message): readonly Listed[] {
  const payload = payloadOf(message);
  return payload === undefined ? [] : versionsIn(payload);
}

export const DISCOVERY_KINDS: readonly FaultKind[] = [
  bareArray,
  versionString,
  noCommonVersion,
  urlFault({
    kind: 'discovery.relative-url',
    title: 'Relative URLs',
    explain: 'The URLs of versions, endpoints and credentials are paths, without scheme and host.',
    cases: [],
    change: relativeUrl,
    did: 'the URLs were made relative',
    none: 'there is no absolute URL',
  }),
  urlFault({
    kind: 'discovery.http-url',
    title: 'http for https',
    explain: 'The URLs of versions, endpoints and credentials begin with http where they are https.',
    cases: [],
    change: plainHttpUrl,
    did: 'https was replaced with http in the URLs',
    none: 'there is no https URL',
  }),
  urlFault({
    kind: 'discovery.slash-urls',
    title: 'URLs that end with a slash',
    explain: 'The URLs of versions, endpoints and credentials end with a slash.',
    cases: [],
    change: url => (/[/?#]$|[?#]/.test(url) ? undefined : `${url}/`),
    did: 'a slash was put at the end of the URLs',
    none: 'all URLs end with a slash already',
  }),
  ...DISCOVERY_ENDPOINT_KINDS,
  ...DISCOVERY_REFUSAL_KINDS,
  ...DISCOVERY_CREDENTIALS_KINDS,
];
