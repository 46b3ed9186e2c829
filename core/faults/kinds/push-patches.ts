import * as z from 'zod';
import { bodyTypeOf } from '../../ocpi/body-types.ts';
import { exampleOf } from '../../ocpi/example.ts';
import { cutElements, cutJson } from '../../ocpi/json-cut.ts';
import { definitionOf, type ObjectDefinition } from '../../ocpi/schema.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { RequestMessage } from '../draft.ts';
import { drawn } from '../editing/aim.ts';
import { altered, nothing, onRequest, withMessage } from '../editing/altered.ts';
import { isPatch, only } from '../editing/fitting.ts';
import { editJson, type JsonEdit, type ObjectBody, objectBody, pointerStep, withJson } from '../editing/json.ts';
import { NO_PARAMETERS } from '../editing/parameters.ts';
import { STRANGER } from '../editing/parties.ts';
import { idNames, objectKey, outerEntry } from '../editing/push-urls.ts';
import { remember, remembered } from '../editing/remembering.ts';
import { originOf } from '../editing/urls.ts';
import { type Facts, type FaultKind, faultKind } from '../kind.ts';

const NO_BODY = 'the request has no JSON object as its body';
const LAST_UPDATED = 'last_updated';

const undated = faultKind({
  kind: 'push.patch-undated',
  family: 'push',
  title: 'PATCH without last_updated',
  explain: () => 'A PATCH leaves without last_updated, which it has to have from 2.2 on.',
  parameters: NO_PARAMETERS,
  cases: [24],
  directions: ['send'],
  fits: isPatch,
  sample: { operation: 'sessions.patch', version: '2.2.1', direction: 'send' },
  alter: onRequest((message, draft) => {
    const body = objectBody(message);
    if (body === undefined) return nothing(NO_BODY);
    if (!Object.hasOwn(body.json, LAST_UPDATED)) return nothing('there is no last_updated in it');
    return altered(
      withJson(draft, editJson(body.text, [{ at: `/${LAST_UPDATED}`, drop: true }])),
      'last_updated was left out',
    );
  }),
});

const withList = faultKind({
  kind: 'push.patch-list',
  family: 'push',
  title: 'PATCH with a list',
  explain: ({ list }) =>
    `A PATCH of a part goes to the object around it, with a list that holds that part alone; other PATCHes get ${list === '' ? 'a list' : list} with one element. Nobody knows whether the list is to be merged or replaced.`,
  parameters: z.strictObject({
    list: z
      .string()
      .max(100)
      .default('')
      .describe(
        'The list that is added where there is no object around; empty: drawn by chance of those the type has.',
      ),
  }),
  cases: [24],
  directions: ['send'],
  fits: isPatch,
  sample: { operation: 'locations.patch-evse', version: '2.2.1', direction: 'send' },
  alter: onRequest((message, draft, { parameters, facts, draw }) => {
    const body = objectBody(message);
    if (body === undefined) return nothing(NO_BODY);
    const moved = aroundIt(message, body, facts);
    if (moved !== undefined) {
      const there = withMessage(draft, { ...message, url: moved.url });
      return altered(withJson(there, moved.text), `the PATCH went to the object around it, with ${moved.list}`);
    }
    const { entry, version } = facts;
    const type = entry && version && bodyTypeOf(entry, version);
    const definition = type && definitionOf(type.schema);
    const lists = definition?.kind === 'object' ? listsOf(definition) : [];
    const fitting = lists.filter(
      name => !Object.hasOwn(body.json, name) && (parameters.list === '' || parameters.list === name),
    );
    const name = drawn(fitting, draw('list'));
    const schema = definition?.kind === 'object' ? definition.shape[name ?? ''] : undefined;
    if (name === undefined || schema === undefined) return nothing('there is no list that it does not have already');
    let ids = 0;
    const value = exampleOf(schema, {
      now: facts.now,
      newId: () => `${Math.floor(draw(`id ${ids++}`) * 1e9)}`,
      party: STRANGER,
    });
    return altered(
      withJson(draft, editJson(body.text, [{ at: pointerStep(name), set: value }])),
      `${name} was added, with one element`,
    );
  }),
});

function listsOf({ shape }: ObjectDefinition): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => (definitionOf(schema).kind === 'list' ? [name] : []));
}

/** The same change as a PATCH of the object around; undefined where there is none that holds a list of such parts. */
function aroundIt(
  { url }: RequestMessage,
  body: ObjectBody,
  { entry, version, params }: Facts,
): { readonly url: string; readonly text: string; readonly list: string } | undefined {
  const outer = entry && version && outerEntry(entry, version);
  if (!entry || !version || !outer) return undefined;
  const id = params[idNames(entry).at(-1) ?? ''];
  const held = heldIn(definitionAt(outer, version), definitionAt(entry, version));
  if (id === undefined || held === undefined) return undefined;
  const origin = originOf(url);
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(url.slice(origin.length)) ?? [];
  const shorter = path.replace(/\/[^/]*(\/?)$/, '$1');
  const part = editJson(body.text, [{ at: `/${held.member}`, set: id }]);
  const dated = cutJson(body.text, `/${LAST_UPDATED}`);
  const text = `{${JSON.stringify(held.list)}:[${part}]${dated === undefined ? '' : `,"${LAST_UPDATED}":${dated}`}}`;
  return { url: `${origin}${shorter}${rest}`, text, list: held.list };
}

function definitionAt(entry: Parameters<typeof bodyTypeOf>[0], version: Version): ObjectDefinition | undefined {
  const type = bodyTypeOf(entry, version);
  const definition = type && definitionOf(type.schema);
  return definition?.kind === 'object' ? definition : undefined;
}

/** The list of one type that holds objects of another, and by what these are told apart. */
function heldIn(
  outer: ObjectDefinition | undefined,
  inner: ObjectDefinition | undefined,
): { readonly list: string; readonly member: string } | undefined {
  if (outer === undefined || inner === undefined) return undefined;
  const member = ['uid', 'id'].find(name => name in inner.shape);
  for (const [list, schema] of Object.entries(outer.shape)) {
    const definition = definitionOf(schema);
    const element = definition.kind === 'list' ? definitionOf(definition.of) : undefined;
    if (member !== undefined && element?.kind === 'object' && element.name === inner.name) return { list, member };
  }
  return undefined;
}

const PERIODS = 'charging_periods';
/** Of one session; what was told before them is forgotten. */
const MOST_PERIODS = 50;

/** Periods of a session as they were told: before the newest push, and with it. */
interface Told {
  readonly before: readonly string[];
  readonly all: readonly string[];
}

function toldOf(text: string | undefined): Told {
  if (text === undefined) return { before: [], all: [] };
  return { before: cutElements(cutJson(text, '/before') ?? '[]'), all: cutElements(cutJson(text, '/all') ?? '[]') };
}

function writeTold({ before, all }: Told): string {
  const list = (texts: readonly string[]) => `[${texts.slice(-MOST_PERIODS).join()}]`;
  return `{"before":${list(before)},"all":${list(all)}}`;
}

/** Periods of a body, each as it stands in the text. */
function periodsIn(body: ObjectBody | undefined): string[] {
  if (body === undefined || !Array.isArray(body.json[PERIODS])) return [];
  return cutElements(cutJson(body.text, `/${PERIODS}`) ?? '[]');
}

function withPeriods(texts: readonly string[]): readonly JsonEdit[] {
  return [{ at: `/${PERIODS}`, text: `[${texts.join()}]` }];
}

const periodsAgain = faultKind({
  kind: 'push.periods-again',
  family: 'push',
  title: 'All charging periods in every PATCH',
  explain: () =>
    'A PATCH of a session tells all charging periods so far, as if they were replaced; from 2.2 on they are appended, and so stand there twice.',
  parameters: NO_PARAMETERS,
  cases: [24],
  directions: ['send'],
  fits: only('sessions.patch'),
  sample: { operation: 'sessions.patch', version: '2.2.1', direction: 'send' },
  alter: onRequest((message, draft, { facts, memory }) => {
    const body = objectBody(message);
    const own = periodsIn(body);
    if (body === undefined || own.length === 0) return nothing('there are no charging periods in it');
    const { before } = toldOf(remembered(memory, objectKey(facts) ?? ''));
    // Where nobody knows what was told before, what is told now is told twice.
    const again = before.length > 0 ? before : own;
    const did = `${again.length} charging periods that were told before were told again`;
    return altered(withJson(draft, editJson(body.text, withPeriods([...again, ...own]))), did);
  }),
  observe: (facts, memory) => {
    const key = objectKey(facts);
    if (facts.direction !== 'send' || key === undefined || facts.entry?.module !== 'sessions') return;
    const periods = periodsIn(objectBody({ headers: facts.request.headers, body: facts.request.body }));
    const { all } = toldOf(remembered(memory, key));
    if (facts.request.method === 'PUT') remember(memory, key, writeTold({ before: [], all: periods }));
    else if (periods.length > 0) remember(memory, key, writeTold({ before: all, all: [...all, ...periods] }));
  },
});

const periodsNewest = faultKind({
  kind: 'push.periods-newest',
  family: 'push',
  title: 'Only the newest charging period in a PUT',
  explain: () =>
    'A PUT of a session tells the newest charging period alone, as if it were appended; a PUT replaces them, and so the others are gone.',
  parameters: NO_PARAMETERS,
  cases: [24],
  directions: ['send'],
  fits: only('sessions.put'),
  sample: { operation: 'sessions.put', version: '2.2.1', direction: 'send' },
  alter: onRequest((message, draft) => {
    const body = objectBody(message);
    const own = periodsIn(body);
    if (body === undefined || own.length < 2) return nothing('there are no two charging periods in it');
    const did = `${own.length - 1} of ${own.length} charging periods were left out`;
    return altered(withJson(draft, editJson(body.text, withPeriods(own.slice(-1)))), did);
  }),
});

/** What PATCH and PUT leave to be understood in two ways (T17). */
export const PATCH_KINDS: readonly FaultKind[] = [undated, withList, periodsAgain, periodsNewest];
