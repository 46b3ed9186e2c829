import { type Finding, finding } from './findings.ts';
import { describeJson, isJsonObject } from './json-value.ts';
import { readUrl } from './urls.ts';
import { compareVersions, spokenAs, type Version } from './versions.ts';

/** One line of a list of versions; numbers we have never heard of are kept. */
export interface OfferedVersion {
  readonly version: string;
  /** Of the version details; followed byte for byte. */
  readonly url: string;
}

export interface VersionsRead {
  /** In the order listed, each number once; absent when there is no list at all. */
  readonly view?: readonly OfferedVersion[];
  readonly findings: readonly Finding[];
}

const NUMBER = /^\d+(?:\.\d+)*$/;

/**
 * Reads the `data` of a versions answer (digest 3.1). Entries that cannot be used are skipped with a finding, unknown
 * versions are not worth one (T10). Where version details came instead (T8b) and `askedUrl` is given, the one version they
 * name is taken to live there.
 */
export function readVersions(json: unknown, askedUrl?: string, pointer = ''): VersionsRead {
  if (isDetails(json) && askedUrl !== undefined) {
    const met = `the details of version ${json.version}`;
    const details = { pointer, met, expected: 'a list of versions' };
    return {
      view: [{ version: json.version, url: askedUrl }],
      findings: [finding('versions.details-for-list', details)],
    };
  }
  if (!Array.isArray(json)) {
    return {
      findings: [finding('versions.not-a-list', { pointer, met: describeJson(json), expected: 'a list of versions' })],
    };
  }
  const findings: Finding[] = [];
  const view: OfferedVersion[] = [];
  for (const [at, entry] of json.entries()) {
    const offered = readEntry(entry, `${pointer}/${at}`, findings);
    if (!offered) continue;
    if (view.some(({ version }) => version === offered.version)) {
      const details = { pointer: `${pointer}/${at}/version`, met: offered.version, expected: 'each version once' };
      findings.push(finding('versions.duplicate', details));
    } else view.push(offered);
  }
  if (view.length === 0) {
    const met = json.length === 0 ? 'an empty list' : `${json.length} unusable entries`;
    findings.push(finding('versions.empty', { pointer, met, expected: 'at least one version' }));
  }
  return { view, findings };
}

/** The version to speak with a partner, or why there is none, in a sentence without a full stop. */
export type CommonVersion =
  | {
      readonly ok: true;
      /** As the partner lists it: `2.2` where that is all there is. */
      readonly number: string;
      readonly url: string;
      /** Whose shapes are spoken. */
      readonly spokenAs: Version;
      readonly findings: readonly Finding[];
    }
  | { readonly ok: false; readonly reason: string };

/**
 * The highest version both sides speak, or the one asked for. 2.2 stands in for 2.2.1 only where no version is shared
 * exactly, or where it was asked for by its name.
 */
export function highestCommon(
  ours: readonly Version[],
  offered: readonly OfferedVersion[],
  asked?: string,
): CommonVersion {
  const spoken = offered.flatMap(entry => {
    const version = spokenAs(entry.version);
    return version && ours.includes(version) ? [{ ...entry, spokenAs: version }] : [];
  });
  const candidates = spoken
    .filter(entry => asked === undefined || entry.version === asked || entry.spokenAs === asked)
    .sort((left, right) => exactness(right) - exactness(left) || compareVersions(right.version, left.version));
  const [best] = candidates;
  if (!best) return { ok: false, reason: noCommon(ours, offered, asked) };
  const near = best.version !== best.spokenAs;
  const details = { met: best.version, expected: best.spokenAs };
  return {
    ok: true,
    number: best.version,
    url: best.url,
    spokenAs: best.spokenAs,
    findings: near ? [finding('versions.near', details)] : [],
  };
}

function exactness(entry: { readonly version: string; readonly spokenAs: Version }): number {
  return entry.version === entry.spokenAs ? 1 : 0;
}

function noCommon(ours: readonly Version[], offered: readonly OfferedVersion[], asked: string | undefined): string {
  const numbers = offered.map(({ version }) => version);
  const theirs = numbers.length === 0 ? 'no version' : joinWords(numbers);
  const hint = numbers.includes('2.1') && !numbers.includes('2.1.1') ? '; 2.1 is not 2.1.1' : '';
  if (asked === undefined) {
    return `the partner offers ${theirs}, this platform speaks ${joinWords(ours)}: no version in common${hint}`;
  }
  const speaks = spokenAs(asked);
  if (!speaks || !ours.includes(speaks))
    return `version ${asked} was asked for, this platform speaks ${joinWords(ours)}`;
  return `version ${asked} was asked for, the partner offers ${theirs}${asked === '2.1.1' ? hint : ''}`;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function readEntry(entry: unknown, pointer: string, findings: Finding[]): OfferedVersion | undefined {
  if (!isJsonObject(entry)) {
    findings.push(finding('versions.entry', { pointer, met: describeJson(entry), expected: 'version and url' }));
    return undefined;
  }
  const { version, url }: Entry = entry;
  if ((typeof version !== 'string' && typeof version !== 'number') || version === '') {
    findings.push(
      finding('versions.entry', { pointer: `${pointer}/version`, met: describeJson(version), expected: 'a version' }),
    );
    return undefined;
  }
  const number = String(version).trim();
  if (typeof version === 'number' || !NUMBER.test(version)) {
    const details = { pointer: `${pointer}/version`, met: JSON.stringify(version), expected: 'text like "2.2.1"' };
    findings.push(finding('versions.number', details));
  }
  if (typeof url !== 'string') {
    findings.push(finding('versions.entry', { pointer: `${pointer}/url`, met: describeJson(url), expected: 'a URL' }));
    return undefined;
  }
  // A broken URL of a version nobody here speaks is the partner's business, not an error of this registration.
  const severity = spokenAs(number) ? 'error' : 'note';
  const read = readUrl(url, { pointer: `${pointer}/url`, severity });
  findings.push(...read.findings);
  return read.url && { version: number, url };
}

interface Entry {
  readonly version?: unknown;
  readonly url?: unknown;
  readonly endpoints?: unknown;
}

function isDetails(json: unknown): json is { readonly version: string } {
  if (!isJsonObject(json)) return false;
  const { version, endpoints }: Entry = json;
  return typeof version === 'string' && Array.isArray(endpoints);
}
