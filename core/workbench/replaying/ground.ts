import * as z from 'zod';
import { RewriteKind } from '../../contract/rewrite-kind.ts';
import type { Mapping } from '../../replay/mapping.ts';
import type { Plan } from '../../replay/plan.ts';
import type { KnownThings, Surroundings } from '../../replay/surroundings.ts';

const Party = z.object({
  countryCode: z.string(),
  partyId: z.string(),
  roles: z.array(z.string()).exactOptional(),
});
const Things = z.object({
  parties: z.array(Party),
  places: z.array(
    z.object({
      location: z.string(),
      evse: z.string(),
      evseId: z.string().exactOptional(),
      connector: z.string(),
      available: z.boolean(),
    }),
  ),
  tokens: z.array(
    z.object({
      uid: z.string(),
      type: z.string(),
      contract: z.string().optional(),
      valid: z.boolean(),
    }),
  ),
  tariffs: z.array(z.string()),
  terminals: z.array(z.string()),
  /** What was asked for while it was planned, and is there. */
  has: z.array(z.string()),
});

/** What a plan was made of, so that the same one can be made again later. */
const Ground = z.object({
  surroundings: z.object({
    link: z.string(),
    environment: z.enum(['test', 'production']),
    version: z.enum(['2.1.1', '2.2.1', '2.3.0']),
    endpoints: z.array(z.object({ identifier: z.string(), role: z.string().optional(), url: z.string() })),
    versionsUrl: z.string().optional(),
    ours: Things,
    theirs: Things,
    roles: z.array(z.string()),
    now: z.number(),
  }),
  /** Of a scenario: as it was written then. */
  text: z.string().optional(),
  /** What things are called, as far as was known at the end. */
  mapping: z.array(z.object({ kind: RewriteKind, from: z.string(), to: z.string() })),
});

/** Surroundings that remember what was asked of them. */
export interface NotedSurroundings {
  readonly surroundings: Surroundings;
  write(more: { readonly text: string | undefined; readonly mapping: Mapping }): string;
}

/** What the target has told of itself; a registration in the middle of a replay changes it. */
export interface ToldNow {
  readonly endpoints: Surroundings['endpoints'];
  readonly parties: KnownThings['parties'];
}

export function noting(surroundings: Surroundings, now: () => ToldNow): NotedSurroundings {
  const ours = notingThings(surroundings.ours, () => surroundings.ours.parties);
  const theirs = notingThings(surroundings.theirs, () => now().parties);
  return {
    surroundings: {
      ...surroundings,
      get endpoints() {
        return now().endpoints;
      },
      ours: ours.things,
      theirs: theirs.things,
    },
    write: ({ text, mapping }) =>
      JSON.stringify({
        surroundings: { ...surroundings, endpoints: now().endpoints, ours: ours.kept(), theirs: theirs.kept() },
        ...(text === undefined ? {} : { text }),
        mapping: [...mapping.entries()].map(({ kind, from, to }) => ({ kind, from, to })),
      }),
  };
}

/** Undefined where it is none, or of another time. */
export function readGround(
  text: string,
): { readonly surroundings: Surroundings; readonly text: string | undefined; learnInto(plan: Plan): void } | undefined {
  const parsed = Ground.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { surroundings, mapping } = parsed.data;
  return {
    surroundings: {
      ...surroundings,
      versionsUrl: surroundings.versionsUrl,
      endpoints: surroundings.endpoints.map(({ role, ...endpoint }) => ({
        ...endpoint,
        ...(role === undefined ? {} : { role }),
      })),
      ours: thingsOf(surroundings.ours),
      theirs: thingsOf(surroundings.theirs),
    },
    text: parsed.data.text,
    learnInto: plan => {
      for (const { kind, from, to } of mapping) plan.mapping.set(kind, from, to);
    },
  };
}

const askedFor = (kind: string, id: string) => `${kind} ${id.toLowerCase()}`;

function notingThings(things: KnownThings, parties: () => KnownThings['parties']) {
  const there = new Set<string>();
  return {
    things: {
      ...things,
      get parties() {
        return parties();
      },
      has: (kind, id) => {
        const has = things.has(kind, id);
        if (has) there.add(askedFor(kind, id));
        return has;
      },
    } satisfies KnownThings,
    kept: () => ({ ...things, parties: parties(), has: [...there] }),
  };
}

function thingsOf({ has, tokens, ...things }: z.infer<typeof Things>): KnownThings {
  const there = new Set(has);
  return {
    ...things,
    tokens: tokens.map(({ contract, ...token }) => ({ ...token, contract })),
    has: (kind, id) => there.has(askedFor(kind, id)),
  };
}
