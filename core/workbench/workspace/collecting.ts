import type { Link, LinkSettings } from '../../contract/link.ts';
import { OWN_LISTS, OwnModuleName } from '../../contract/own.ts';
import type { History } from '../../history/history.ts';
import type { KeptOwnObject } from '../../history/own-data.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { KeptThresholds } from '../health/kept-thresholds.ts';
import type { PlatformDesk } from '../platform.ts';
import type { PullSchedules } from '../pull-schedules.ts';
import { parseExact, prettyJson, sortedMembers } from './exact-json.ts';
import { fileNames } from './file-names.ts';
import { FOLDERS, HEALTH, type LinkFile, PLATFORM, RULES } from './format.ts';

/** One file of a workspace, and what stands in it. */
export interface WorkspaceFile {
  readonly kind: string;
  readonly name: string;
  /** Inside of the folder, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What of it does not leave the database. */
  readonly note: string;
}

export interface Collecting {
  readonly history: Pick<History, 'links' | 'logs' | 'faults' | 'scenarios' | 'ownData'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly schedules: Pick<PullSchedules, 'of'>;
  readonly thresholds: Pick<KeptThresholds, 'own'>;
  /** The turn of others. */
  readonly yielding: () => Promise<void>;
}

const OBJECTS_AT_ONCE = 200;

/** All that belongs into a workspace, always in the same order and written in the same way. */
export async function collect(collecting: Collecting): Promise<WorkspaceFile[]> {
  return [
    platformFile(collecting),
    ...healthFile(collecting),
    ...linkFiles(collecting),
    ...ruleFile(collecting),
    ...scenarioFiles(collecting),
    ...(await ownFiles(collecting)),
  ];
}

function platformFile({ platform }: Collecting): WorkspaceFile {
  const { parties, versions, host, port, publicUrl, tls } = platform.config();
  return {
    kind: 'platform',
    name: 'platform',
    path: PLATFORM,
    text: prettyJson({ parties, versions, host, port, publicUrl }),
    note: tls === undefined ? '' : 'its certificates are files of this machine, and are not in it',
  };
}

function healthFile({ thresholds }: Collecting): WorkspaceFile[] {
  const own = thresholds.own();
  if (Object.keys(own).length === 0) return [];
  const text = prettyJson({ thresholds: sortedMembers(own) });
  return [{ kind: 'thresholds', name: 'all links', path: HEALTH, text, note: '' }];
}

function linkFiles({ history: { links, logs }, ...about }: Collecting): WorkspaceFile[] {
  // Those of an imported log belong to it.
  const ours = links.list().filter(({ id }) => logs.ofLink(id) === undefined);
  const sorted = ours.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const names = fileNames(sorted.map(({ name }) => name));
  return sorted.map((link, at) => {
    const file = linkFileOf(link, watchedOf(link.id, about));
    return {
      kind: 'link',
      name: link.name,
      path: `${FOLDERS.links}/${names[at] ?? ''}.json`,
      text: prettyJson(file),
      note: secretsOf(file.settings) === '' ? '' : `without ${secretsOf(file.settings)}`,
    };
  });
}

/** What is repeated with a link, and from when on something of it is worth a notice. */
export interface Watched {
  readonly pulls: NonNullable<LinkFile['pulls']>;
  readonly thresholds: NonNullable<LinkFile['thresholds']>;
}

export function watchedOf(
  linkId: number,
  { schedules, thresholds }: Pick<Collecting, 'schedules' | 'thresholds'>,
): Watched {
  return { pulls: schedules.of(linkId), thresholds: thresholds.own(linkId) };
}

/** A link as a workspace has it. */
export function linkFileOf(
  { name, organisation, environment, versionsUrl, ...link }: Omit<Link, 'id'>,
  { pulls, thresholds }: Watched,
): LinkFile {
  const { clientKey: _, proxy, ...plain } = link.settings;
  const settings = { ...plain, ...(proxy === undefined ? {} : { proxy: withoutPassword(proxy) }) };
  return {
    name,
    organisation,
    environment,
    ...(versionsUrl === undefined ? {} : { versionsUrl }),
    offeredVersions: link.offeredVersions,
    parties: link.parties,
    settings: sortedMembers(settings) as LinkFile['settings'],
    ...(pulls.length === 0 ? {} : { pulls: inOrder(pulls) }),
    ...(Object.keys(thresholds).length === 0 ? {} : { thresholds: sortedMembers(thresholds) as Watched['thresholds'] }),
  };
}

function inOrder(pulls: Watched['pulls']): Watched['pulls'] {
  return pulls
    .toSorted((left, right) => compare(left.module, right.module))
    .map(({ module, every, jitter }) => ({ module, every, jitter }));
}

/** A proxy as it may be shown to anybody; as it was where it has no password. */
export function withoutPassword(proxy: NonNullable<LinkSettings['proxy']>): string {
  const url = URL.parse(proxy);
  if (url === null || url.password === '') return proxy;
  url.password = '';
  return url.href;
}

/** What a link needs and its file does not have; empty where that is nothing. */
export function secretsOf({ clientCertificate, proxy }: LinkFile['settings']): string {
  const needed = [
    ...(clientCertificate === undefined ? [] : ['the private key of its certificate']),
    ...(proxy === undefined || URL.parse(proxy)?.username === '' ? [] : ['the password of its proxy']),
  ];
  return needed.join(' and ');
}

/** Whether a rule is armed is nothing to others: it changes from one hour to the next. */
function ruleFile({ history: { faults } }: Collecting): WorkspaceFile[] {
  const rules = faults.rules().map(({ name, kind, parameters, scope, when, seed, reachesRegistration }) => ({
    name,
    kind,
    parameters: sortedMembers(parameters),
    scope: sortedMembers(scope),
    when: sortedMembers(when),
    seed,
    armed: false,
    reachesRegistration,
  }));
  if (rules.length === 0) return [];
  const text = prettyJson({ ocpiWorkbenchFaults: 1, rules });
  const name = rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  return [{ kind: 'rule', name, path: RULES, text, note: 'disarmed' }];
}

function scenarioFiles({ history: { scenarios } }: Collecting): WorkspaceFile[] {
  const kept = scenarios.list().toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const names = fileNames(kept.map(({ name }) => name));
  return kept.map(({ name, text }, at) => ({
    kind: 'scenario',
    name,
    path: `${FOLDERS.scenarios}/${names[at] ?? ''}.json`,
    // As the operator wrote it.
    text: text.endsWith('\n') ? text : `${text}\n`,
    note: '',
  }));
}

async function ownFiles({ history: { ownData }, platform, yielding }: Collecting): Promise<WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  for (const party of [...new Set(platform.config().parties.map(formatPartyId))].sort()) {
    for (const module of OwnModuleName.options) {
      for (const list of OWN_LISTS[module] ?? ['' as const]) {
        const objects: KeptOwnObject[] = [];
        for (let offset = 0; ; offset += OBJECTS_AT_ONCE) {
          const page = ownData.page({ parties: [party], module, list, offset, limit: OBJECTS_AT_ONCE });
          objects.push(...page.objects);
          if (page.objects.length < OBJECTS_AT_ONCE) break;
          await yielding();
        }
        if (objects.length === 0) continue;
        const name = `${party} ${module}${list === '' ? '' : ` ${list}`}`;
        const path = `${FOLDERS.own}/${party}/${module}${list === '' ? '' : `.${list}`}.json`;
        const text = await ownText({ party, module, ...(list !== '' && { list }) }, objects, yielding);
        files.push({ kind: 'own data', name, path, text, note: `${objects.length} objects` });
      }
    }
  }
  return files;
}

/** Object after object, so that others have their turn in between. */
async function ownText(head: object, objects: KeptOwnObject[], yielding: () => Promise<void>): Promise<string> {
  const sorted = objects.toSorted((left, right) => compare(left.id, right.id) || compare(left.text, right.text));
  const pieces: string[] = [];
  for (const [at, { version, text }] of sorted.entries()) {
    const piece = JSON.stringify({ version, object: parseExact(text) }, null, 2);
    pieces.push(piece.replaceAll('\n', '\n    '));
    if (at % OBJECTS_AT_ONCE === OBJECTS_AT_ONCE - 1) await yielding();
  }
  const open = JSON.stringify(head, null, 2).slice(0, -2);
  return `${open},\n  "objects": [\n    ${pieces.join(',\n    ')}\n  ]\n}\n`;
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
