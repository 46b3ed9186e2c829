import type { Connection, Ended, Timings } from '../http/wire.ts';
import { ENDINGS } from '../ocpi/endings.ts';
import type { JsonObject } from '../ocpi/json-value.ts';
import { isVersion } from '../ocpi/versions.ts';
import { readFaultStamp } from './fault-stamps.ts';
import type { ToldExchange } from './file-read.ts';
import { base64Bytes, numberOf, objectOf, textBytes, textOf } from './json-fields.ts';
import { connectionTold } from './told-connection.ts';
import { findingsTold } from './told-findings.ts';

/** What stands in `_ocpi` of an entry: all that a workbench knew of the exchange and HAR has no place for. */
export interface ToldOurs {
  readonly ours: NonNullable<ToldExchange['ours']>;
  readonly direction: 'in' | 'out';
  readonly ended: Ended | undefined;
  readonly timings: Timings | undefined;
  readonly connection: Connection | undefined;
  /** As they were on the wire, where HAR cannot tell. */
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly requestBody: ToldBody | undefined;
  readonly responseBody: ToldBody | undefined;
}

export interface ToldBody {
  readonly body: Uint8Array;
  /** On the wire, where less of it was kept. */
  readonly length?: number;
}

/** Undefined where there is none, or somebody else's. */
export function readOurs(entry: JsonObject): ToldOurs | undefined {
  const told = objectOf(entry, '_ocpi');
  const operation = textOf(told, 'operation');
  const direction = textOf(told, 'direction');
  if (told === undefined || operation === undefined || (direction !== 'in' && direction !== 'out')) return undefined;
  const faults = stampOf(objectOf(told, 'faults'));
  const version = textOf(told, 'version') ?? '';
  const note = textOf(told, 'note');
  const connection = objectOf(told, 'connection');
  return {
    ours: {
      operation,
      ...(isVersion(version) ? { version } : {}),
      ...numbers(told, ['ocpiStatus']),
      ...texts(told, ['requestId', 'correlationId', 'fromParty', 'toParty', 'link']),
      findings: findingsTold(told['findings']) ?? [],
      ...(note === undefined ? {} : { note }),
      ...(faults === undefined ? {} : { faults }),
    },
    direction,
    ended: endedOf(objectOf(told, 'ended')),
    timings: timingsOf(objectOf(told, 'timings')),
    connection: connection && connectionTold(connection),
    method: textOf(told, 'method'),
    url: textOf(told, 'url'),
    requestBody: bodyOf(objectOf(told, 'requestBody')),
    responseBody: bodyOf(objectOf(told, 'responseBody')),
  };
}

function texts<Key extends string>(told: JsonObject, keys: readonly Key[]): { readonly [Name in Key]?: string } {
  const found = keys.flatMap(key => {
    const value = textOf(told, key);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(found) as { readonly [Name in Key]?: string };
}

function numbers<Key extends string>(told: JsonObject, keys: readonly Key[]): { readonly [Name in Key]?: number } {
  const found = keys.flatMap(key => {
    const value = told[key];
    return typeof value === 'number' ? [[key, value]] : [];
  });
  return Object.fromEntries(found) as { readonly [Name in Key]?: number };
}

/** Its body stands there as all bodies of a session log do. */
function stampOf(told: JsonObject | undefined): ReturnType<typeof readFaultStamp> {
  const intended = objectOf(told, 'intended');
  const body = bodyOf(objectOf(intended, 'body'))?.body ?? new Uint8Array();
  return readFaultStamp(
    { ...told, intended: intended === undefined ? null : { ...intended, body: null, length: body.length } },
    body,
  );
}

function bodyOf(told: JsonObject | undefined): ToldBody | undefined {
  if (told === undefined) return undefined;
  const text = textOf(told, 'text');
  const body = text === undefined ? base64Bytes(textOf(told, 'base64') ?? '') : textBytes(text);
  const length = numberOf(told, 'length');
  return body && { body, ...(length === undefined || length <= body.length ? {} : { length }) };
}

/** `open` ones nobody finishes here. */
const FINISHED: ReadonlySet<string> = new Set(ENDINGS.filter(how => how !== 'open'));

function endedOf(told: JsonObject | undefined): Ended | undefined {
  const how = textOf(told, 'how');
  if (told === undefined || how === undefined || !FINISHED.has(how)) return undefined;
  const raw = textOf(told, 'raw');
  const bytes = raw === undefined ? undefined : base64Bytes(raw);
  const details = Object.entries(told).filter(([, value]) => value !== null && typeof value !== 'object');
  return { ...Object.fromEntries(details), how, ...(bytes === undefined ? {} : { raw: bytes }) } as Ended;
}

function timingsOf(told: JsonObject | undefined): Timings | undefined {
  const total = numberOf(told, 'total');
  if (total === undefined) return undefined;
  const phase = (name: string) => numberOf(told, name) ?? null;
  return {
    queue: phase('queue'),
    dns: phase('dns'),
    connect: phase('connect'),
    tls: phase('tls'),
    firstByte: phase('firstByte'),
    total,
  };
}
