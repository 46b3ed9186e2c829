import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import {
  type CopyOwn,
  type GenerateOwn,
  type ImportOwn,
  type ListOwn,
  OWN_LISTS,
  type OwnListName,
  type OwnModuleName,
  type OwnObject,
  type OwnObjectsPage,
  type OwnObjectText,
  type OwnWritten,
  type RemoveOwn,
  type SetOwn,
} from '../contract/own.ts';
import type { History } from '../history/history.ts';
import type { KeptOwnObject, NewOwnObject } from '../history/own-data.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { type Finding, worstOf } from '../ocpi/findings.ts';
import { modulesOf } from '../ocpi/modules.ts';
import { objectTexts } from '../ocpi/object-texts.ts';
import { formatPartyId, parsePartyId } from '../ocpi/party-id.ts';
import { spokenAs, VERSIONS, type Version } from '../ocpi/versions.ts';
import type { LinkDesk } from './link-desk.ts';
import { generateTexts, isGenerated } from './own-generating.ts';
import { type HandedIn, type Ownership, readOwnObject } from './own-objects.ts';
import { ownersOf } from './own-served.ts';
import { owningRoles } from './own-serving.ts';
import type { PlatformDesk } from './platform.ts';

/** What our parties own, as the operator handles it. */
export interface OwnDesk {
  import(input: ImportOwn): Promise<Outcome<OwnWritten>>;
  generate(input: GenerateOwn): Promise<Outcome<OwnWritten>>;
  set(input: SetOwn): Promise<Outcome<OwnWritten>>;
  copy(input: CopyOwn): Promise<Outcome<OwnWritten>>;
  list(input: ListOwn): Outcome<OwnObjectsPage>;
  get(input: RemoveOwn): Outcome<OwnObjectText>;
  remove(input: RemoveOwn): Outcome<{ removed: number }>;
}

export interface OwnDeskOptions {
  readonly history: Pick<History, 'ownData' | 'objects' | 'transaction'>;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly clock: Clock;
}

interface OfList {
  readonly module: OwnModuleName;
  readonly list?: OwnListName | undefined;
  readonly party?: string | undefined;
}

const MOST_FINDINGS = 100;
/** Milliseconds after which partners get their turn while many objects are looked at. */
const TURN = 4;
const COPIED_AT_ONCE = 1000;

export function createOwnDesk({ history, platform, links, clock }: OwnDeskOptions): OwnDesk {
  const { ownData, objects, transaction } = history;

  const ownership = ({ module, list, party: wanted }: OfList): Outcome<Ownership> => {
    const lists = OWN_LISTS[module] ?? [''];
    const chosen = list ?? lists[0] ?? '';
    if (!lists.includes(chosen)) {
      const known = lists.filter(name => name !== '').join(', ');
      const advice = known === '' ? `${module} has one list: leave that out.` : `Any of ${known}.`;
      return failed('INVALID_INPUT', `${module} has no list ${chosen}`, advice);
    }
    const owners = ownersOf(platform.config().parties, module);
    const roles = owningRoles(module);
    if (owners.length === 0) {
      return failed(
        'WRONG_STATE',
        `none of our parties is ${roles.join(' or ')}, so none owns ${module}`,
        `wb serve --roles ${roles[0]} makes one.`,
      );
    }
    const owned = { module, list: chosen, owners };
    if (wanted === undefined) return done(owned);
    const named = parsePartyId(wanted);
    const party = named && owners.find(owner => ciEqual(owner, formatPartyId(named)));
    return party === undefined
      ? failed(
          'INVALID_INPUT',
          `${wanted} is no party of ours that is ${roles.join(' or ')}`,
          `Any of ${owners.join(', ')}.`,
        )
      : done({ ...owned, party });
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
      ...(owned.list !== '' && { list: owned.list }),
      version: read[0]?.version ?? versionFor(owned.module),
      objects: read.length,
      findings: mostSevere(findings).slice(0, MOST_FINDINGS),
    };
    if (refused && !unchecked) return done({ ok: false, ...facts, added: 0, changed: 0, unchanged: 0 });
    const stored = transaction(() => ownData.put(read));
    return stored.ok ? done({ ok: true, ...facts, ...stored.value }) : stored;
  };

  /** The newest we offer that has the module, else the newest that has it at all. */
  const versionFor = (module: OwnModuleName): Version => {
    const { versions } = platform.config();
    const having = VERSIONS.filter(version => modulesOf(version).includes(module));
    return having.findLast(version => versions.includes(version)) ?? having.at(-1) ?? '2.3.0';
  };

  const inModule = (module: OwnModuleName, version = versionFor(module)): Outcome<Version> =>
    modulesOf(version).includes(module)
      ? done(version)
      : failed('INVALID_INPUT', `OCPI ${version} has no module ${module}`, `OCPI ${versionFor(module)} has it.`);

  const writeDocument = async (input: ImportOwn, id?: string): Promise<Outcome<OwnWritten>> => {
    const { module, unchecked = false, text } = input;
    const version = inModule(module, input.version);
    if (!version.ok) return version;
    const owned = ownership(input);
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
    return write(inVersion(found.texts, version.value), {
      owned: owned.value,
      unchecked,
      ...(id !== undefined && { id }),
    });
  };

  return {
    import: input => writeDocument(input),
    set: ({ id, ...input }) => writeDocument(input, id),
    generate: async input => {
      const { module, count, seed } = input;
      const owned = ownership(input);
      if (!owned.ok) return owned;
      if (!isGenerated(module)) {
        return failed('INVALID_INPUT', `${module} are not made up`, 'wb own import takes what you have written.');
      }
      const version = input.version ?? versionFor(module);
      const [first = ''] = owned.value.owners;
      const { available, texts } = generateTexts({ module, version, count, seed, now: clock.now() });
      if (available < count) {
        const most = `there are ${available} ${module} of one seed`;
        return failed('INVALID_INPUT', most, `Ask for at most ${available}, or for more under another --seed.`);
      }
      return write(inVersion(texts, version), { owned: { party: first, ...owned.value } });
    },
    copy: async input => {
      const { module, unchecked = false, link: name } = input;
      const link = links.find(name);
      if (!link.ok) return link;
      const owned = ownership(input);
      if (!owned.ok) return owned;
      const [first = ''] = owned.value.owners;
      const copied: HandedIn[] = [];
      let after: number | undefined;
      do {
        const page = await objects.list({
          linkId: link.value.id,
          module,
          list: owned.value.list,
          vanished: false,
          limit: COPIED_AT_ONCE,
          ...(after !== undefined && { after }),
        });
        if (!page.ok) {
          return failed('OPERATION_FAILED', `the objects of ${name} cannot be read: ${page.reason}`, 'Try again.');
        }
        for (const { object, version } of page.objects) {
          copied.push({ text: JSON.stringify(object), version: spokenAs(version) ?? versionFor(module) });
        }
        after = page.next;
      } while (after !== undefined);
      if (copied.length === 0) {
        return failed('NOT_FOUND', `nothing was pulled from ${module} of ${name}`, `wb pull ${name} ${module} does.`);
      }
      return write(copied, { owned: { party: first, ...owned.value }, unchecked });
    },
    list: ({ begins, offset, limit, ...input }) => {
      const owned = ownership(input);
      if (!owned.ok) return owned;
      const { party: one, owners, module, list } = owned.value;
      const of = { parties: one === undefined ? owners : [one], module, list, offset, limit };
      const page = begins === undefined ? ownData.page(of) : ownData.beginning({ ...of, begins });
      return done({ total: page.total, objects: page.objects.map(viewOf) });
    },
    get: ({ id, type, ...input }) => {
      const owned = ownership(input);
      if (!owned.ok) return owned;
      const { party: one, owners, module, list } = owned.value;
      const parties = one === undefined ? owners : [one];
      const kept = ownData.get({ parties, module, list, id, ...(type !== undefined && { type }) });
      return kept === undefined ? unknown(module, id) : done({ ...viewOf(kept), text: kept.text });
    },
    remove: ({ id, type, ...input }) => {
      const owned = ownership(input);
      if (!owned.ok) return owned;
      const { party: one, owners, module, list } = owned.value;
      const parties = one === undefined ? owners : [one];
      const removed = transaction(() =>
        ownData.remove({ parties, module, list, id, ...(type !== undefined && { type }) }),
      );
      if (!removed.ok) return removed;
      return removed.value === 0 ? unknown(module, id) : done({ removed: removed.value });
    },
  };
}

function* inVersion(texts: Iterable<string>, version: Version): Generator<HandedIn> {
  for (const text of texts) yield { text, version };
}

function unknown(module: OwnModuleName, id: string) {
  return failed('NOT_FOUND', `we own no ${module} with the id "${id}"`, `wb own list ${module} shows what there is.`);
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

function mostSevere(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => WEIGHT[left.severity] - WEIGHT[right.severity]);
}

function viewOf({ id, party, module, list, version, lastUpdated, changedAt, text }: KeptOwnObject): OwnObject {
  return {
    id,
    party,
    module,
    ...(list !== '' && { list }),
    version,
    lastUpdated: new Date(lastUpdated).toISOString(),
    changedAt: new Date(changedAt).toISOString(),
    object: JSON.parse(text) as unknown,
  };
}
