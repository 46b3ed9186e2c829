import * as z from 'zod';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { cutJson } from '../../ocpi/json-cut.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { Message } from '../draft.ts';
import { altered, nothing } from '../editing/altered.ts';
import { editPayload, objectsIn, type Payload, payloadOf } from '../editing/envelope.ts';
import { editJson, type JsonEdit, withJson } from '../editing/json.ts';
import { type FaultKind, faultKind } from '../kind.ts';

const DETAILS = { operation: 'versions.details', version: '2.2.1', direction: 'answer' } as const;
const ofDetails = ({ id }: { readonly id: string }) => id === 'versions.details';

interface Endpoint {
  readonly at: string;
  readonly identifier: string;
  readonly role: unknown;
}

/** The endpoints of version details; of a module where one is named. */
function endpointsIn({ json, at }: Payload, module = ''): readonly Endpoint[] {
  const { endpoints }: { readonly endpoints?: unknown } = isJsonObject(json) ? json : {};
  return objectsIn(endpoints).flatMap(({ index, json: { identifier, role } }) => {
    if (typeof identifier !== 'string' || (module !== '' && !ciEqual(identifier, module))) return [];
    return [{ at: `${at}/endpoints/${index}`, identifier, role }];
  });
}

function noEndpoint(module: string): string {
  return module === '' ? 'there are no endpoints' : `there is no endpoint of ${module}`;
}

const endpointMissing = (kind: 'discovery.credentials-missing' | 'discovery.module-missing') => {
  const isCredentials = kind === 'discovery.credentials-missing';
  const module = isCredentials ? 'credentials' : 'locations';
  return faultKind({
    kind,
    family: 'discovery',
    title: isCredentials ? 'No credentials endpoint' : 'A module missing',
    explain: parameters => `The version details name no endpoint of ${parameters.module}.`,
    parameters: z.strictObject({
      module: z.string().min(1).max(100).default(module).describe('The module that is left out, on both its sides.'),
    }),
    cases: [],
    directions: ['answer'],
    fits: ofDetails,
    sample: DETAILS,
    alter: (draft, { parameters }) =>
      editPayload(draft, {
        edits: endpointsOf(draft.message, parameters.module).map(({ at }) => ({ at, drop: true })),
        did: `the endpoints of ${parameters.module} were left out`,
        none: noEndpoint(parameters.module),
      }),
  });
};

const MODULE = z.string().max(100).default('credentials').describe('The module; empty: all.');
const ofModule = (module: string) => (module === '' ? 'all endpoints' : `the endpoints of ${module}`);

const roleMissing = faultKind({
  kind: 'discovery.role-missing',
  family: 'discovery',
  title: 'Endpoints without a role',
  explain: ({ module }) => `The role of ${ofModule(module)} is left out.`,
  parameters: z.strictObject({ module: MODULE }),
  cases: [7],
  directions: ['answer'],
  fits: ofDetails,
  sample: DETAILS,
  alter: (draft, { parameters: { module } }) =>
    editPayload(draft, {
      edits: endpointsOf(draft.message, module).flatMap(({ at, role }): JsonEdit[] =>
        role === undefined ? [] : [{ at: `${at}/role`, drop: true }],
      ),
      did: `the role of ${ofModule(module)} was left out`,
      none: module === '' ? 'no endpoint has a role' : `no endpoint of ${module} has a role`,
    }),
});

const roleWrong = faultKind({
  kind: 'discovery.role-wrong',
  family: 'discovery',
  title: 'Endpoints with the wrong role',
  explain: ({ module, role }) =>
    `The role of ${ofModule(module)} is ${role === 'other' ? 'that of the other side' : `always ${role}`}.`,
  parameters: z.strictObject({
    module: MODULE,
    role: z
      .enum(['other', 'SENDER', 'RECEIVER'])
      .default('other')
      .describe('The role that is written; other: RECEIVER for SENDER and the reverse.'),
  }),
  cases: [7],
  directions: ['answer'],
  fits: ofDetails,
  sample: DETAILS,
  alter: (draft, { parameters: { module, role } }) =>
    editPayload(draft, {
      edits: endpointsOf(draft.message, module).flatMap((endpoint): JsonEdit[] => {
        const written = role === 'other' ? otherRole(endpoint.role) : role;
        return written === endpoint.role ? [] : [{ at: `${endpoint.at}/role`, set: written }];
      }),
      did: `the role of ${ofModule(module)} was changed`,
      none: module === '' ? 'no endpoint has another role' : `no endpoint of ${module} has another role`,
    }),
});

const endpointTwice = faultKind({
  kind: 'discovery.endpoint-twice',
  family: 'discovery',
  title: 'An endpoint listed twice',
  explain: ({ module, second }) =>
    `The endpoints of ${module} are listed twice, the second time ${second === 'role' ? 'with the role of the other side' : 'with another URL'}.`,
  parameters: z.strictObject({
    module: z.string().min(1).max(100).default('credentials').describe('The module.'),
    second: z
      .enum(['role', 'url'])
      .default('role')
      .describe('What is different the second time: the role, or the URL, which gets /second behind it.'),
  }),
  cases: [7],
  directions: ['answer'],
  fits: ofDetails,
  sample: DETAILS,
  alter: (draft, { parameters: { module, second } }) => {
    const payload = payloadOf(draft.message);
    const found = endpointsOf(draft.message, module);
    if (payload === undefined || found.length === 0) return nothing(noEndpoint(module));
    const copies = found.map(({ at, role }) => {
      const text = cutJson(payload.text, at) ?? '';
      const edit: JsonEdit =
        second === 'role'
          ? { at: '/role', set: otherRole(role) }
          : { at: '/url', set: `${String(urlOf(text))}/second` };
      return editJson(text, [edit]);
    });
    const text = copies.reduce(
      (whole, copy) => editJson(whole, [{ at: `${payload.at}/endpoints/-`, text: copy }]),
      payload.text,
    );
    return altered(withJson(draft, text), `the endpoints of ${module} were listed twice`);
  },
});

function otherRole(role: unknown): string {
  return role === 'SENDER' ? 'RECEIVER' : 'SENDER';
}

function urlOf(endpoint: string): unknown {
  return (JSON.parse(endpoint) as { readonly url?: unknown }).url;
}

function endpointsOf(message: Message, module: string): readonly Endpoint[] {
  const payload = payloadOf(message);
  return payload === undefined ? [] : endpointsIn(payload, module);
}

export const DISCOVERY_ENDPOINT_KINDS: readonly FaultKind[] = [
  endpointMissing('discovery.credentials-missing'),
  endpointMissing('discovery.module-missing'),
  roleMissing,
  roleWrong,
  endpointTwice,
];
