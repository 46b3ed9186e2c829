import type { Link, LinkEndpoint } from '../../contract/link.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { readVersionDetails } from '../../ocpi/version-details.ts';
import { highestCommon, type OfferedVersion, readVersions } from '../../ocpi/version-list.ts';
import { compareVersions, type Version } from '../../ocpi/versions.ts';
import type { Conversation, Heard } from './conversation.ts';
import type { RunContext } from './ports.ts';

/** What a partner says of itself before credentials are exchanged (digest 3.1, steps 2 and 3 of the registration). */
export interface PartnerReading {
  readonly version: Version;
  /** The version as the partner lists it: `2.2` where that is spoken to as 2.2.1. */
  readonly number: string;
  readonly offered: readonly string[];
  readonly endpoints: readonly LinkEndpoint[];
  readonly credentialsUrl: string;
  /** Where the details were read. */
  readonly detailsUrl: string;
}

/** Why the partner cannot be registered with; `ocpi` is the code a receiver answers with (digest 3.2, step 6). */
export interface ReadingRefused {
  readonly ocpi: 3001 | 3002 | 3003;
  readonly reason: string;
}

export type ReadingResult =
  | { readonly ok: true; readonly reading: PartnerReading }
  | ({ readonly ok: false } & ReadingRefused);

export interface ReadPartnerOptions {
  readonly conversation: Conversation;
  readonly run: RunContext;
  readonly link: Link;
  readonly versionsUrl: string;
  readonly ownVersions: readonly Version[];
  /** The one version wanted; the highest common one unless said. */
  readonly asked?: Version;
}

/** GET versions, choose, GET version details; each step is told with its verdict. */
export async function readPartner(options: ReadPartnerOptions): Promise<ReadingResult> {
  const listed = await readList(options);
  if (!listed.ok) return listed;
  const chosen = chooseVersion(options, listed.offered);
  if (!chosen.ok) return chosen;
  const { conversation, run, link } = options;
  const heard = await conversation.ask({
    operation: 'versions.details',
    method: 'GET',
    url: chosen.url,
    version: chosen.version,
  });
  const tell = (ok: boolean, reason: string, findings: readonly Finding[]) =>
    run.tell({ step: 'version details', ok, exchangeIds: [...heard.exchangeIds], reason, findings });
  if (!heard.ok) {
    tell(false, heard.reason, heard.findings);
    return { ok: false, ocpi: 3001, reason: `the version details could not be read: ${heard.reason}` };
  }
  const details = readVersionDetails(heard.data, chosen.number, '/data');
  const findings = [...heard.findings, ...details.findings];
  if (details.view === undefined) {
    const reason = 'the answer is no version details: no list of endpoints';
    tell(false, reason, findings);
    return { ok: false, ocpi: 3001, reason };
  }
  const { endpoints } = details.view;
  const missing = missingModules(endpoints, ['credentials', ...link.settings.requiredModules]);
  const credentials = endpoints.find(({ identifier }) => ciEqual(identifier, 'credentials'));
  if (missing.length > 0 || credentials === undefined) {
    const reason = `the partner's ${chosen.number} lists no endpoint for ${missing.join(', ')}`;
    tell(false, reason, findings);
    return { ok: false, ocpi: 3003, reason };
  }
  tell(
    true,
    heardWords(
      heard,
      `${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}: ${moduleWords(endpoints)}`,
    ),
    findings,
  );
  return {
    ok: true,
    reading: {
      version: chosen.version,
      number: chosen.number,
      offered: listed.offered.map(({ version }) => version),
      endpoints,
      credentialsUrl: credentials.url,
      detailsUrl: chosen.url,
    },
  };
}

type Listed =
  | { readonly ok: true; readonly offered: readonly OfferedVersion[] }
  | ({ readonly ok: false } & ReadingRefused);

async function readList({ conversation, run, versionsUrl }: ReadPartnerOptions): Promise<Listed> {
  const heard = await conversation.ask({ operation: 'versions.list', method: 'GET', url: versionsUrl });
  const read = heard.ok ? readVersions(heard.data, versionsUrl, '/data') : undefined;
  const findings = [...heard.findings, ...(read?.findings ?? [])];
  const offered = read?.view ?? [];
  const ok = heard.ok && offered.length > 0;
  const reason = !heard.ok
    ? heard.reason
    : ok
      ? heardWords(heard, `the partner offers ${offered.map(({ version }) => version).join(', ')}`)
      : 'the answer holds no usable list of versions';
  run.tell({ step: 'versions', ok, exchangeIds: [...heard.exchangeIds], reason, findings });
  return ok ? { ok, offered } : { ok: false, ocpi: 3001, reason: `the versions could not be read: ${reason}` };
}

type Chosen =
  | { readonly ok: true; readonly version: Version; readonly number: string; readonly url: string }
  | ({ readonly ok: false } & ReadingRefused);

function chooseVersion({ run, ownVersions, asked }: ReadPartnerOptions, offered: readonly OfferedVersion[]): Chosen {
  const choice = highestCommon(ownVersions, offered, asked);
  if (!choice.ok) {
    run.tell({ step: 'version', ok: false, exchangeIds: [], reason: choice.reason });
    return { ok: false, ocpi: 3002, reason: choice.reason };
  }
  const highest = [...offered].sort((left, right) => compareVersions(right.version, left.version))[0]?.version;
  const why = asked === undefined ? 'the highest version both speak' : 'the version asked for';
  const beyond =
    highest !== undefined && compareVersions(highest, choice.number) > 0 ? `; the partner also offers ${highest}` : '';
  run.tell({
    step: 'version',
    ok: true,
    exchangeIds: [],
    reason: `${choice.number}: ${why}${beyond}`,
    findings: [...choice.findings],
  });
  return { ok: true, version: choice.spokenAs, number: choice.number, url: choice.url };
}

/** The required module ids that no endpoint serves; identifiers compare without regard to case (trap T31). */
function missingModules(endpoints: readonly LinkEndpoint[], required: readonly string[]): string[] {
  const served = new Set(endpoints.map(({ identifier }) => identifier.toLowerCase()));
  return required.filter(module => !served.has(module.toLowerCase()));
}

/** `credentials, locations (SENDER)`. */
function moduleWords(endpoints: readonly LinkEndpoint[]): string {
  return endpoints
    .map(({ identifier, role }) =>
      role === undefined || identifier === 'credentials' ? identifier : `${identifier} (${role})`,
    )
    .join(', ');
}

/** What was read, behind the story of a token form that had to be turned round for it. */
function heardWords({ story }: Heard, read: string): string {
  return story === undefined ? read : `${story}; ${read}`;
}
