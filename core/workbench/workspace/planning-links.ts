import type { Link, LinkSettings } from '../../contract/link.ts';
import { withoutUnset } from '../health/kept-thresholds.ts';
import { linkFileOf, secretsOf, type Watched, watchedOf, withoutPassword } from './collecting.ts';
import { prettyJson, sortedMembers } from './exact-json.ts';
import type { LinkFile } from './format.ts';
import { type Planning, type Step, twice } from './planning.ts';
import type { Read } from './reading.ts';

export function planLinks(files: readonly Read<LinkFile>[], planning: Planning): Step[] {
  twice(
    files.map(({ path, value: { name } }) => ({ path, name })),
    planning.problems,
  );
  return files.flatMap(file => {
    const existing = planning.history.links.byName(file.value.name);
    return existing === undefined ? planNew(file, planning) : planKnown(file, existing, planning);
  });
}

function planNew({ path, value }: Read<LinkFile>, planning: Planning): Step[] {
  const { history, asks } = planning;
  const { pulls, thresholds, ...file } = value;
  if (file.environment === 'production') asks.push(`${file.name}, a production link, would be added`);
  const secrets = secretsOf(file.settings);
  const missing = secrets === '' ? '' : `; enter ${secrets} too`;
  const note = `it has no token yet: enter the one its partner gave out, and register${missing}`;
  return [
    {
      item: { kind: 'link', name: file.name, file: path, did: 'added', note },
      apply() {
        const { id } = history.links.insert({ ...file, state: 'new', readOnly: false, endpoints: [] });
        watch(id, { pulls, thresholds }, planning);
      },
    },
  ];
}

function planKnown({ path, value: file }: Read<LinkFile>, link: Link, planning: Planning): Step[] {
  const { history, problems, asks } = planning;
  if (history.logs.ofLink(link.id) !== undefined) {
    problems.push(`${path}: "${link.name}" is a link of an imported session log; remove that log, or rename the link`);
    return [];
  }
  const next = changed(file, link);
  const item = { kind: 'link', name: link.name, file: path };
  const { pulls, thresholds } = file;
  const watched = watchedOf(link.id, planning);
  const watchedNext = { pulls: pulls ?? watched.pulls, thresholds: thresholds ?? watched.thresholds };
  if (asText(linkFileOf({ ...link, ...next }, watchedNext)) === asText(linkFileOf(link, watched))) {
    return [{ item: { ...item, did: 'unchanged', note: '' } }];
  }
  if (history.runs.list({ linkId: link.id }).some(({ state }) => state === 'running')) {
    problems.push(`${path}: a run is busy with "${link.name}"; wait for it to end, or cancel it`);
    return [];
  }
  if (link.environment === 'production' || file.environment === 'production') {
    asks.push(`${link.name}, a production link, would be changed`);
  }
  const note = isTold(link) ? 'its tokens stay, and so does what its partner told' : 'its tokens stay';
  const apply = () => {
    history.links.update(link.id, next);
    watch(link.id, { pulls, thresholds }, planning);
  };
  return [{ item: { ...item, did: 'changed', note }, apply }];
}

/** What a file does not tell stays. */
function watch(
  linkId: number,
  { pulls, thresholds }: { readonly [Name in keyof Watched]: LinkFile[Name] },
  planning: Planning,
): void {
  if (pulls !== undefined) planning.schedules.put(linkId, pulls);
  if (thresholds !== undefined) planning.thresholds.set(withoutUnset(thresholds), linkId);
}

/** What a file says of a link that is there. Secrets are not in files, so they stay. */
function changed(file: LinkFile, link: Link) {
  const { organisation, environment, versionsUrl, offeredVersions, parties } = file;
  return {
    organisation,
    environment,
    ...(versionsUrl === undefined ? {} : { versionsUrl }),
    ...(isTold(link) ? {} : { offeredVersions, parties }),
    settings: settingsOf(file, link.settings),
  };
}

/** Its partner itself said which versions and parties it has. */
function isTold({ state }: Link): boolean {
  return state !== 'new' && state !== 'invited';
}

function settingsOf({ settings }: LinkFile, kept: LinkSettings): LinkSettings {
  const isSameProxy = kept.proxy !== undefined && withoutPassword(kept.proxy) === settings.proxy;
  return {
    ...settings,
    ...(kept.clientKey === undefined ? {} : { clientKey: kept.clientKey }),
    ...(isSameProxy && kept.proxy !== undefined ? { proxy: kept.proxy } : {}),
  };
}

function asText(file: LinkFile): string {
  return prettyJson(sortedMembers(file));
}
