import { OWN_LISTS } from '../../contract/own.ts';
import type { NewOwnObject } from '../../history/own-data.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { readOwnObject } from '../own-objects.ts';
import { ownersOf } from '../own-served.ts';
import { parseExact } from './exact-json.ts';
import type { OwnFile } from './format.ts';
import type { Planning, Step } from './planning.ts';
import type { Read, ReadWorkspace } from './reading.ts';

/** Objects looked at before others have their turn. */
const AT_ONCE = 100;

export async function planOwn({ own, platform }: ReadWorkspace, planning: Planning): Promise<Step[]> {
  const parties = platform?.value.parties ?? planning.platform.config().parties;
  const steps: Step[] = [];
  for (const file of own) {
    const owners = ownersOf(parties, file.value.module);
    steps.push(...(await planFile(file, owners, planning)));
  }
  return steps;
}

async function planFile(
  { path, value }: Read<OwnFile>,
  owners: readonly string[],
  { history: { ownData }, problems, yielding }: Planning,
): Promise<Step[]> {
  const { party, module, list = '', objects } = value;
  if (!(OWN_LISTS[module] ?? ['']).includes(list)) {
    problems.push(`${path} /list: ${module} has no list ${list === '' ? 'of its own: name one' : list}`);
    return [];
  }
  if (!owners.includes(party)) {
    problems.push(`${path} /party: ${party} is no party of ours that can own ${module}`);
    return [];
  }
  const changed: NewOwnObject[] = [];
  const seen = new Set<string>();
  let added = 0;
  for (const [at, { version, object }] of objects.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await yielding();
    const text = JSON.stringify(object);
    const read = readOwnObject({ text, version }, { module, list, owners, party });
    if (!read.ok) {
      problems.push(`${path} /objects/${at}: ${read.failure.message}`);
      continue;
    }
    const { object: next } = read.value;
    const key = `${ciKey(next.id)}\n${ciKey(next.type)}`;
    if (seen.has(key)) problems.push(`${path} /objects/${at}: ${next.id} stands there twice`);
    seen.add(key);
    const kept = ownData.get({ parties: [party], module, list, id: next.id, type: next.type });
    // One that is the same but for blanks keeps them.
    if (kept?.version === version && JSON.stringify(parseExact(kept.text)) === next.text) continue;
    if (kept === undefined) added++;
    changed.push(next);
  }
  const name = `${party} ${module}${list === '' ? '' : ` ${list}`}`;
  const item = { kind: 'own data', name, file: path };
  if (changed.length === 0) return [{ item: { ...item, did: 'unchanged', note: `${objects.length} objects` } }];
  const note = `${added} added, ${changed.length - added} changed`;
  const did = added === objects.length ? 'added' : 'changed';
  return [{ item: { ...item, did, note }, own: changed }];
}
