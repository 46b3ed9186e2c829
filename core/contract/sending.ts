import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { OwnListName, OwnModuleName } from './own.ts';
import { FindingView } from './run.ts';

/** Header lines in their order, as they cross the wire. */
const HeaderLines = z.array(z.tuple([z.string(), z.string()]));

/** One thing that can be asked of a partner: an entry of the catalogue in the version of the link. */
export const SendableOperation = z.object({
  /** Catalogue id. */
  operation: z.string(),
  words: z.string(),
  module: z.string(),
  side: z.enum(['SENDER', 'RECEIVER', 'NONE']),
  method: z.string(),
  /** The partner's endpoint; null where it has none, or the URL comes from a message. */
  endpoint: z.string().nullable(),
  /** Below the endpoint, values in braces: `{country_code}/{party_id}/{location_id}`. */
  path: z.string(),
  /** Names of the values that go into the path. */
  params: z.array(z.string()),
  query: z.array(z.string()),
  /** Name of the type of the body, with `partial` where a part of it is due (PATCH); null where there is none. */
  body: z.object({ type: z.string(), partial: z.boolean() }).nullable(),
  /** True where it changes something at the partner. */
  writes: z.boolean(),
});
export type SendableOperation = z.infer<typeof SendableOperation>;

/** What shall be sent. Nothing of it has to be right: it is sent as it is. */
export const SendInput = z.object({
  name: z.string(),
  operation: z.string(),
  params: z.record(z.string(), z.string()).default({}),
  /** Parameters without a value are left out. */
  query: z.record(z.string(), z.string()).default({}),
  /** Instead of what endpoint, params and query make; absolute. */
  url: z.string().optional(),
  /** Instead of the one of the catalogue. */
  method: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'an HTTP method')
    .optional(),
  /** Text of the body, sent byte for byte. */
  body: z.string().optional(),
  /** They replace ours of the same name; an empty value takes ours away. */
  headers: HeaderLines.default([]),
  /** Of the partner, as `NL-TNM`: whom it is for. */
  toParty: z.string().optional(),
  /** Of ours: whose it is. */
  fromParty: z.string().optional(),
  /** Of a production link. */
  confirmed: z.boolean().optional(),
});
export type SendInput = z.input<typeof SendInput>;

/** The request as it would leave; the token as its placeholder. */
export const SendPreview = z.object({
  method: z.string(),
  url: z.string(),
  headers: HeaderLines,
  body: z.string().nullable(),
  /** Of the body, by the schema of its type; the path; headers. */
  findings: z.array(FindingView),
});
export type SendPreview = z.infer<typeof SendPreview>;

/** A body to begin with: of an object that is there (ours or the partner's), or made by the schema. */
export const SendExample = z.object({
  body: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  /** What it was made of, in words: "of LOC1 of our own data", "by the schema". */
  from: z.string(),
});
export type SendExample = z.infer<typeof SendExample>;

export const PushMethod = z.enum(['PUT', 'PATCH', 'POST', 'DELETE']);
export type PushMethod = z.infer<typeof PushMethod>;

export const PushInput = z.object({
  name: z.string(),
  module: OwnModuleName,
  /** POST for CDRs and what has no PUT, PUT for the others unless said. */
  method: PushMethod.optional(),
  /** One object, a list, an answer's envelope, or JSON lines; the order is kept. */
  text: z.string().optional(),
  /** Instead of a text: ids of our own data, or all of it. */
  own: z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]).optional(),
  /** Of our own data: which of the module's lists, where it has several; the usual one unless said. */
  list: OwnListName.optional(),
  /** Of ours, `NL-WBX`, where ids are not of one. */
  party: z.string().optional(),
  /** Below a location: `EVSE1`, `EVSE1/1`; of one object only. */
  part: z.string().optional(),
  /** After the first failure the rest is not sent. */
  stopAtFailure: z.boolean().optional(),
  /** Where a PATCH fails and the partner does not have the object: it is PUT whole, of our own data (digest 1.7). */
  putAfterPatch: z.boolean().optional(),
  /** Sends what has errors, too. */
  unchecked: z.boolean().optional(),
  confirmed: z.boolean().optional(),
});
export type PushInput = z.input<typeof PushInput>;

export const CommandName = z.enum([
  'START_SESSION',
  'STOP_SESSION',
  'RESERVE_NOW',
  'CANCEL_RESERVATION',
  'UNLOCK_CONNECTOR',
]);
export type CommandName = z.infer<typeof CommandName>;

export const CommandInput = z.object({
  name: z.string(),
  command: CommandName,
  location: z.string().optional(),
  evse: z.string().optional(),
  connector: z.string().optional(),
  session: z.string().optional(),
  reservation: z.string().optional(),
  /** RFC 3339: until when a reservation holds; in an hour unless said. */
  expiry: z.string().optional(),
  /** Uid of a token of our own data; one is made up (APP_USER) unless said. */
  token: z.string().optional(),
  /** The whole token as JSON, instead of `token`. */
  tokenObject: z.string().optional(),
  reference: z.string().max(36).optional(),
  toParty: z.string().optional(),
  /** Seconds to wait for the result where the answer says nothing of it; 30 unless said. */
  wait: z.int().min(1).max(3600).optional(),
  confirmed: z.boolean().optional(),
});
export type CommandInput = z.input<typeof CommandInput>;

export const AuthorizeInput = z.object({
  name: z.string(),
  token: z.string().min(1),
  /** RFID unless said. */
  type: z.string().optional(),
  location: z.string().optional(),
  evses: z.array(z.string()).optional(),
  connectors: z.array(z.string()).optional(),
  toParty: z.string().optional(),
  confirmed: z.boolean().optional(),
});
export type AuthorizeInput = z.input<typeof AuthorizeInput>;

export const ProfileInput = z.object({
  name: z.string(),
  what: z.enum(['set', 'get', 'clear']),
  session: z.string().min(1),
  /** ChargingProfile as JSON, of `set`. */
  profile: z.string().optional(),
  /** Seconds the active profile is asked for, of `get`; 900 unless said. */
  duration: z.int().min(1).optional(),
  wait: z.int().min(1).max(3600).optional(),
  toParty: z.string().optional(),
  confirmed: z.boolean().optional(),
});
export type ProfileInput = z.input<typeof ProfileInput>;

export const PreferencesInput = z.object({
  name: z.string(),
  session: z.string().min(1),
  /** ChargingPreferences as JSON. */
  preferences: z.string(),
  toParty: z.string().optional(),
  confirmed: z.boolean().optional(),
});
export type PreferencesInput = z.input<typeof PreferencesInput>;

const send = oc.errors(failures);
const started = z.object({ runId: z.int() });

/** What we send beside what flows send by themselves. A run tells how what takes several exchanges goes (`runs.watch`). */
export const sendingContract = {
  /** What the link's version has, in the order of the specification's chapters. */
  operations: send.input(z.object({ name: z.string() })).output(z.array(SendableOperation)),
  example: send
    .input(z.object({ name: z.string(), operation: z.string(), of: z.string().optional() }))
    .output(SendExample),
  preview: send.input(SendInput).output(SendPreview),
  /** Answers when the exchange has ended, however it did; who leaves the call ends it. */
  send: send.input(SendInput).output(z.object({ exchangeId: z.int() })),
  push: send.input(PushInput).output(started),
  /** Sends again what failed in a push, in its order; with PUT of the whole object where `put`. */
  retry: send
    .input(z.object({ runId: z.int(), put: z.boolean().optional(), confirmed: z.boolean().optional() }))
    .output(started),
  command: send.input(CommandInput).output(started),
  authorize: send.input(AuthorizeInput).output(started),
  profile: send.input(ProfileInput).output(started),
  preferences: send.input(PreferencesInput).output(started),
};
