import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type {
  CopyOwn,
  GenerateOwn,
  ImportOwn,
  ListOwn,
  OwnModuleName,
  OwnObject,
  OwnObjectsPage,
  OwnWritten,
  RemoveOwn,
  SetOwn,
} from '../contract/own.ts';
import type { History } from '../history/history.ts';
import type { KeptOwnObject, NewOwnObject } from '../history/own-data.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { type Finding, worstOf } from '../ocpi/findings.ts';
import { objectTexts } from '../ocpi/object-texts.ts';
import { formatPartyId, parsePartyId } from '../ocpi/party-id.ts';
import { spokenAs, VERSIONS, type Version } from '../ocpi/versions.ts';
import type { LinkDesk } from './link-desk.ts';
import { generateTexts } from './own-generating.ts';
import { type HandedIn, type Ownership, readOwnObject } from './own-objects.ts';
import { ownersOf } from './own-served.ts';
import { OWNING_ROLE } from './own-serving.ts';
import type { PlatformDesk } from './platform.ts';

/** What our parties own, as the operator handles it. */
export interface OwnDesk {
  import(input: ImportOwn): Promise<Outcome<OwnWritten>>;
  generate(input: GenerateOwn): Promise<Outcome<OwnWritten>>;
  set(input: SetOwn): Promise<Outcome<OwnWritten>>;
  copy(input: CopyOwn): Promise<Outcome<OwnWritten>>;
  list(input: ListOwn): Outcome<OwnObjectsPage>;
  remove(input: RemoveOwn): Outcome<{ removed: number }>;
}

export interface OwnDeskOptions {
  readonly history: Pick<History, 'ownData' | 'objects' | 'transaction'>;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly clock: Clock;
}

const MOST_FINDINGS = 100;
/** Milliseconds after which partners get their turn while many objects are looked at. */
const TURN = 4;
const COPIED_AT_ONCE = 1000;

export function createOwnDesk({ history, platform, links, clock }: OwnDeskOptions): OwnDesk {
  const { ownData, objects, transaction } = history;

  const ownership = (module: OwnModuleName, wanted: string | undefined): Outcome<Ownership> => {
    const owners = ownersOf(platform.config().parties, module);
    const role = OWNING_ROLE[module];
    if (owners.length === 0) {
      return failed(
        'WRONG_STATE',
        `none of our parties is ${role}, so none owns ${module}`,
        `wb serve --roles ${role} makes one.`,
      );
    }
    if (wanted === undefined) return done({ module, owners });
    const named = parsePartyId(wanted);
    const party = named && owners.find(owner => ciEqual(owner, formatPartyId(named)));
    return party === undefined
      ? failed('INVALID_INPUT', `${wanted} is no party of ours that is ${role}`, `Any of ${owners.join(', ')}.`)
      : done({ module, owners, party });
  };

  /** Looks at everything first and stores all of it or nothing. */
  const write = async (
    handedIn: Iterable<HandedIn>,
    { owned, unchecked = false, id }: { owned: Ownership; unchecked?: boolean; id?: string },
  ): Promise<Outcome<OwnWritten>> => {
    const read: NewOwnObject[] = [];
    const findings: Finding[] = [];
    let refused = false;
    let turn = clock.elapsed();
    for (const one of handedIn) {
      const at = read.length;
      const object = readOwnObject(one, owned);
      if (!object.ok) return object;
      if (id !== undefined && !ciEqual(id, object.value.object.id)) {
        return failed('INVALID_INPUT', `the object is ${object.value.object.id}, not ${id}`, 'Give it that id.');
      }
      read.push(object.value.object);
      if (worstOf(object.value.findings) === 'error') refused = true;
      for (const found of object.value.findings) {
        // Errors are told before anything else.
        if (found.severity !== 'error' && findings.length >= MOST_FINDINGS) continue;
        findings.push({ ...found, pointer: `/${at}${found.pointer}` });
      }
      if (clock.elapsed() - turn > TURN) {
        await new Promise<void>(resolve => setImmediate(resolve));
        turn = clock.elapsed();
      }
    }
    const facts = {
      module: owned.module,
      version: read[0]?.version ?? newestOffered(),
      objects: read.length,
      findings: mostSevere(findings).slice(0, MOST_FINDINGS),
    };
    if (refused && !unchecked) return done({ ok: false, ...facts, added: 0, changed: 0, unchanged: 0 });
    const stored = transaction(() => ownData.put(read));
    return stored.ok ? done({ ok: true, ...facts, ...stored.value }) : stored;
  };

  const newestOffered = (): Version => {
    const { versions } = platform.config();
    return VERSIONS.findLast(version => versions.includes(version)) ?? '2.2.1';
  };

  const writeDocument = async (input: ImportOwn, id?: string): Promise<Outcome<OwnWritten>> => {
    const { module, party, version = newestOffered(), unchecked = false, text } = input;
    const owned = ownership(module, party);
    if (!owned.ok) return owned;
    const found = objectTexts(text);
    if (!found.ok) {
      return failed(
        'INVALID_INPUT',
        `the document cannot be used: ${found.reason}`,
        'JSON: one object, a list, lines.',
      );
    }
    if (id !== undefined && found.texts.length !== 1) {
      return failed(
        'INVALID_INPUT',
        `the document holds ${found.texts.length} objects`,
        'One object is set at a time.',
      );
    }
    return write(inVersion(found.texts, version), {
      owned: owned.value,
      unchecked,
      ...(id !== undefined && { id }),
    });
  };

  return {
    import: input => writeDocument(input),
    set: ({ id, ...input }) => writeDocument(input, id),
    generate: async ({ module, party, version = newestOffered(), count, seed }) => {
      const owned = ownership(module, party);
      if (!owned.ok) return owned;
      const [first = ''] = owned.value.owners;
      const { available, texts } = generateTexts({ module, version, count, seed, now: clock.now() });
      if (available < count) {
        const most = `there are ${available} ${module} of one seed`;
        return failed('INVALID_INPUT', most, `Ask for at most ${available}, or for more under another --seed.`);
      }
      return write(inVersion(texts, version), { owned: { party: first, ...owned.value } });
    },
    copy: async ({ module, party, unchecked = false, link: name }) => {
      const link = links.find(name);
      if (!link.ok) return link;
      const owned = ownership(module, party);
      if (!owned.ok) return owned;
      const [first = ''] = owned.value.owners;
      const copied: HandedIn[] = [];
      let after: number | undefined;
      do {
        const page = await objects.list({
          linkId: link.value.id,
          module,
          vanished: false,
          limit: COPIED_AT_ONCE,
          ...(after !== undefined && { after }),
        });
        if (!page.ok) {
          return failed('OPERATION_FAILED', `the objects of ${name} cannot be read: ${page.reason}`, 'Try again.');
        }
        for (const { object, version } of page.objects) {
          copied.push({ text: JSON.stringify(object), version: spokenAs(version) ?? newestOffered() });
        }
        after = page.next;
      } while (after !== undefined);
      if (copied.length === 0) {
        return failed('NOT_FOUND', `nothing was pulled from ${module} of ${name}`, `wb pull ${name} ${module} does.`);
      }
      return write(copied, { owned: { party: first, ...owned.value }, unchecked });
    },
    list: ({ module, party, offset, limit }) => {
      const owned = ownership(module, party);
      if (!owned.ok) return owned;
      const { party: one, owners } = owned.value;
      const page = ownData.page({ parties: one === undefined ? owners : [one], module, offset, limit });
      return done({ total: page.total, objects: page.objects.map(viewOf) });
    },
    remove: ({ module, party, id, type }) => {
      const owned = ownership(module, party);
      if (!owned.ok) return owned;
      const { party: one, owners } = owned.value;
      const parties = one === undefined ? owners : [one];
      const removed = transaction(() => ownData.remove({ parties, module, id, ...(type !== undefined && { type }) }));
      if (!removed.ok) return removed;
      return removed.value === 0
        ? failed('NOT_FOUND', `we own no ${module} with the id "${id}"`, `wb own list ${module} shows what there is.`)
        : done({ removed: removed.value });
    },
  };
}

function* inVersion(texts: Iterable<string>, version: Version): Generator<HandedIn> {
  for (const text of texts) yield { text, version };
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

function mostSevere(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => WEIGHT[left.severity] - WEIGHT[right.severity]);
}

function viewOf({ id, party, module, version, lastUpdated, changedAt, text }: KeptOwnObject): OwnObject {
  return {
    id,
    party,
    module,
    version,
    lastUpdated: new Date(lastUpdated).toISOString(),
    changedAt: new Date(changedAt).toISOString(),
    object: JSON.parse(text) as unknown,
  };
}
