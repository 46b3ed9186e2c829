import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import { PulledModule } from '../../contract/objects.ts';
import type { ReplaySource } from '../../contract/replay.ts';
import type { Scenario } from '../../contract/scenario.ts';
import type { History } from '../../history/history.ts';
import { formatPartyId, parsePartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import { recordingOf } from '../../replay/from-exchanges.ts';
import { recordingOfObject } from '../../replay/from-object.ts';
import type { Recording, Step } from '../../replay/recording.ts';
import { recordingOfScenario } from '../../replay/scenarios/compile.ts';
import { partsFor } from '../../replay/scenarios/parts.ts';
import { readScenario } from '../../replay/scenarios/read-scenario.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { TrafficImport } from '../traffic-import.ts';
import type { TransactionsDesk } from '../transactions/transactions-desk.ts';
import { keyOfLog, type LinkOfFile, type Logs, linkOfLog } from './logged.ts';
import { exchangesOfLink, type Recorded, recordedExchanges } from './recorded.ts';
import type { ReplayInput } from './replay-input.ts';
import type { ScenarioDesk } from './scenario-desk.ts';

export interface SourceParts {
  readonly history: Pick<History, 'exchanges' | 'runs' | 'links' | 'objects'>;
  readonly links: Pick<LinkDesk, 'find'>;
  readonly transactions: Pick<TransactionsDesk, 'exchangeIds'>;
  readonly imports: Pick<TrafficImport, 'import'>;
  readonly logs: () => Logs;
  readonly scenarios: Pick<ScenarioDesk, 'get'>;
  readonly clock: Clock;
}

/** Whom it will be replayed with. */
export interface SourceTarget {
  /** Undefined: none was agreed yet. */
  readonly version: Version | undefined;
  /** Ours, newest last. */
  readonly offered: readonly Version[];
  /** The roles we have in the link. */
  readonly roles: readonly string[];
}

export interface Sourced {
  readonly recording: Recording;
  /** As it can be asked for again: what was a file is the link it was imported into. */
  readonly source: ReplaySource;
  /** Of a scenario: as it is written. */
  readonly text?: string;
}

/** `text`: of a scenario, instead of how it is written now. */
export interface SourceAsked {
  readonly input: Pick<ReplayInput, 'source' | 'play' | 'part' | 'set'>;
  readonly target: SourceTarget;
  readonly text?: string | undefined;
}

export interface Sources {
  /** What is to be replayed, whatever it was made of. */
  read(asked: SourceAsked): Promise<Outcome<Sourced>>;
}

/** Files whose links are remembered: a plan and the run after it import them once. */
const MOST_FILES = 8;

export function createSources(parts: SourceParts): Sources {
  const { history, links, transactions, imports, scenarios } = parts;
  /** A plan is made anew with each option that changes, and once more when it begins: the exchanges are read once. */
  let newest: { readonly key: string; readonly recording: Recording } | undefined;
  const imported = new Map<string, LinkOfFile>();
  const remember = (key: string, file: LinkOfFile) => {
    imported.set(key, file);
    const [oldest] = imported.keys();
    if (imported.size > MOST_FILES && oldest !== undefined) imported.delete(oldest);
  };

  const recordingMade = async (
    title: string,
    ids: readonly number[],
    { play }: Pick<SourceAsked['input'], 'play'>,
  ): Promise<Outcome<Recording>> => {
    const recorded = await recordedExchanges(parts, ids);
    if (!recorded.ok) return recorded;
    const mixed = refuseMixed(history.links, recorded.value);
    if (mixed !== undefined) return mixed;
    const { exchanges } = recorded.value;
    return recordingOf({ title, exchanges, ...(play === undefined ? {} : { play }) });
  };

  const ofExchanges = async (
    title: string,
    ids: readonly number[],
    { input, note }: { readonly input: SourceAsked['input']; readonly note?: string },
  ): Promise<Outcome<Sourced>> => {
    const key = `${input.play ?? ''} ${ids.join(',')}`;
    const known = newest?.key === key ? newest.recording : undefined;
    const made = known === undefined ? await recordingMade(title, ids, input) : done(known);
    if (!made.ok) return made;
    newest = made.value.steps.every(isOver) ? { key, recording: made.value } : undefined;
    const notes = note === undefined ? made.value.notes : [note, ...made.value.notes];
    return done({ recording: { ...made.value, title, notes }, source: input.source });
  };

  const ofScenario = (
    { scenario, text }: { readonly scenario: Scenario; readonly text: string },
    { input, target }: SourceAsked,
  ): Outcome<Sourced> => {
    const fitting = partsFor({ scenario, roles: target.roles });
    const part = input.part ?? fitting[0];
    if (part === undefined) {
      return failed(
        'INVALID_INPUT',
        `${scenario.name} is played as ${scenario.parts.join(' or ')}, and we are ${target.roles.join(' and ')} here`,
        'Choose another link, or say whose part is played.',
      );
    }
    const version = target.version ?? target.offered.findLast(one => scenario.versions.includes(one));
    if (version === undefined) {
      return failed(
        'INVALID_INPUT',
        `${scenario.name} is of OCPI ${scenario.versions.join(', ')}, which we do not offer`,
        'Offer that version, or choose another scenario.',
      );
    }
    const recording = recordingOfScenario({ scenario, version, part, set: input.set });
    return recording.ok ? done({ recording: recording.value, source: input.source, text }) : recording;
  };

  const ofText = (name: string, asked: SourceAsked & { readonly text: string }): Outcome<Sourced> => {
    const { scenario, problems } = readScenario(asked.text);
    if (scenario !== undefined) return ofScenario({ scenario, text: asked.text }, asked);
    const [first] = problems.filter(({ severity }) => severity === 'error');
    const where = first === undefined || first.where === '' ? '' : `${first.where}: `;
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    return failed(
      'INVALID_INPUT',
      `${name} is no scenario: ${where}${first?.message ?? 'nothing in it can be read'}${more}`,
      'Correct what is named; checking it lists everything.',
    );
  };

  const ofObject = async (
    source: Extract<ReplaySource, { kind: 'object' }>,
    link: Link,
    module: PulledModule,
  ): Promise<Outcome<Sourced>> => {
    const key = { linkId: link.id, module, ...keyOf(source.key) };
    const object = history.objects.get(key);
    const owner = object && parsePartyId(object.party);
    const found = await history.objects.revisions(key);
    if (object === undefined || owner === undefined || !found.ok || found.revisions.length === 0) {
      return failed(
        'NOT_FOUND',
        `nothing with the id "${source.key}" is kept of ${module} of ${link.name}`,
        'Pull it first, or name one that is listed.',
      );
    }
    const revisions = [...found.revisions].reverse().map(({ revision, seenAt, object: json }) => ({
      at: Date.parse(seenAt),
      text: history.objects.text(key, revision) ?? JSON.stringify(json),
    }));
    const version = found.revisions[0]?.version;
    const recording = recordingOfObject({
      title: `${module} ${object.id} of ${link.name}`,
      module,
      version: version as Version,
      owner,
      revisions,
    });
    return recording.ok ? done({ recording: recording.value, source }) : recording;
  };

  const linkOfKeptLog = async (source: Extract<ReplaySource, { kind: 'file' }>): Promise<Outcome<LinkOfFile>> => {
    const key = await keyOfLog(source);
    const known = imported.get(key);
    if (known !== undefined && history.links.byName(known.link) !== undefined) return done(known);
    const found = await linkOfLog(parts.logs(), source);
    if (found.ok) remember(key, found.value);
    return found;
  };

  /** Imported once: the plan and the run that follows it mean the same exchanges. */
  const linkOfFile = async (source: Extract<ReplaySource, { kind: 'file' }>): Promise<Outcome<LinkOfFile>> => {
    const { name, text, upload, format } = source;
    if (format === 'ocpilog') return linkOfKeptLog(source);
    if ((text === undefined) === (upload === undefined)) {
      return failed('INVALID_INPUT', `of ${name} neither the text nor one upload is given`, 'Give one of them.');
    }
    const key = upload ?? createHash('sha256').update(`${format}\n${name}\n${text}`).digest('hex');
    const known = imported.get(key);
    if (known !== undefined && history.links.byName(known.link) !== undefined) return done(known);
    const made = await imports.import({
      name,
      format,
      ...(text === undefined ? {} : { text }),
      ...(upload === undefined ? {} : { upload }),
    });
    if (!made.ok) return made;
    const { link, exchanges, skipped } = made.value;
    const left = skipped.length === 0 ? '' : `; ${skipped.length} entries of it could not be read`;
    const entry = { link, note: `The ${exchanges} exchanges of ${name} stand under the link ${link}${left}.` };
    remember(key, entry);
    return done(entry);
  };

  return {
    read: async asked => {
      const { input } = asked;
      const { source } = input;
      switch (source.kind) {
        case 'exchanges': {
          const [first] = source.ids;
          const title =
            source.ids.length === 1 ? `exchange ${first}` : `${source.ids.length} exchanges from ${first} on`;
          return ofExchanges(title, source.ids, { input });
        }
        case 'link': {
          const ids = await exchangesOfLink(parts, source);
          return ids.ok ? ofExchanges(`traffic of ${source.name}`, ids.value, { input }) : ids;
        }
        case 'transaction': {
          const ids = await transactions.exchangeIds(source.id);
          return ids.ok ? ofExchanges(`transaction ${source.id}`, ids.value, { input }) : ids;
        }
        case 'object': {
          const link = links.find(source.link);
          if (!link.ok) return link;
          const module = PulledModule.safeParse(source.module);
          if (module.success) return ofObject(source, link.value, module.data);
          const known = PulledModule.options.join(', ');
          return failed('INVALID_INPUT', `"${source.module}" is no module whose objects are kept`, `Any of ${known}.`);
        }
        case 'file': {
          const file = await linkOfFile(source);
          if (!file.ok) return file;
          const ids = await exchangesOfLink(parts, { name: file.value.link });
          if (!ids.ok) return ids;
          const kept: ReplaySource = { kind: 'link', name: file.value.link };
          return ofExchanges(source.name, ids.value, { input: { ...input, source: kept }, note: file.value.note });
        }
        case 'scenario': {
          if (asked.text !== undefined) return ofText(source.name, { ...asked, text: asked.text });
          const scenario = scenarios.get(source.name);
          return scenario.ok ? ofScenario(scenario.value, asked) : scenario;
        }
        case 'written':
          return ofText(source.name, { ...asked, text: source.text });
        case 'again':
          throw new Error('an earlier replay is looked up before its source is read');
      }
    },
  };
}

/** `NL-TNM/LOC1` names the party too. */
function keyOf(written: string): { readonly id: string; readonly party?: string } {
  const slash = written.indexOf('/');
  const party = slash > 0 ? parsePartyId(written.slice(0, slash)) : undefined;
  return party === undefined ? { id: written } : { id: written.slice(slash + 1), party: formatPartyId(party) };
}

/** Nothing more will become known of it. */
function isOver(step: Step): boolean {
  return step.kind === 'flow' || step.spoken.ended.how !== 'open';
}

/** What one partner answered to another one's requests is no flow; what we alone said on several links may be. */
function refuseMixed(links: History['links'], { exchanges, linkIds }: Recorded): Outcome<never> | undefined {
  const directions = new Set(exchanges.map(({ direction }) => direction));
  if (linkIds.size < 2 || directions.size < 2) return undefined;
  const names = [...linkIds].map(id => (id === undefined ? 'nobody known' : (links.nameOf(id) ?? `link ${id}`)));
  return failed(
    'INVALID_INPUT',
    `the exchanges are of several links (${names.join(', ')}), and both sides speak in them`,
    'Choose those of one link, or only those that were sent in one direction.',
  );
}
