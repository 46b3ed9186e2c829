import type { Problem } from '../../contract/explanation.ts';
import { clauseWords } from '../../insight/explain/clauses.ts';
import type { Explained } from '../../insight/explain/explain.ts';
import { knownFinding } from '../../insight/explain/finding-words.ts';
import type { Observed, ObservedMessage } from '../../insight/observed.ts';
import type { ReportPlace } from './looking-messages.ts';

export interface Reported {
  readonly observed: Observed;
  readonly explained: Explained;
  readonly place: ReportPlace;
}

/** As much of a body stands in a report; the exchange has the rest. Characters. */
const LONGEST_BODY = 20_000;

/**
 * A report of one exchange for the partner, in Markdown: what is wrong, the clause, request and answer as they crossed, how
 * to do it again. Everything it is made of is sealed, so that no credentials token stands in it.
 */
export function writeReport({ observed, explained, place }: Reported): string {
  const [worst] = explained.problems;
  const title = worst === undefined ? `${observed.method} ${observed.url}` : worst.sentence;
  return [
    `# ${plain(title)}`,
    facts(observed, place),
    ...problems(explained),
    '## Request',
    message(`${observed.method} ${observed.url}`, observed.request),
    '## Answer',
    observed.response === undefined
      ? `There is none: the call ended as \`${observed.ended.how}\`.`
      : message(`${observed.response.status} ${observed.response.statusText}`.trimEnd(), observed.response),
    '## How to do it again',
    'Set each variable in the command to the credentials token in the form in which it was written.',
    fenced(place.curl, 'sh'),
    '---',
    'Credentials tokens were taken out: `{token:ID:form:length}` stands where one stood, with the form it was written in and its length.',
  ]
    .join('\n\n')
    .concat('\n');
}

function facts(observed: Observed, { organisation, environment }: ReportPlace): string {
  const { startedAt, durationMs, direction, link, version, operation, requestId, correlationId } = observed;
  const partner = [organisation ?? link ?? 'unknown', ...(environment === null ? [] : [`(${environment})`])].join(' ');
  const lines: [string, string | undefined][] = [
    [
      'When',
      `${new Date(startedAt).toISOString()} (UTC)${durationMs === null ? '' : `, ${Math.round(durationMs)} ms`}`,
    ],
    ['Partner', plain(partner)],
    ['Who asked', direction === 'out' ? 'we called the partner' : 'the partner called us'],
    ['OCPI', `${version ?? 'no version'}, \`${operation}\``],
    ['X-Request-ID', requestId === undefined ? undefined : inline(requestId)],
    ['X-Correlation-ID', correlationId === undefined ? undefined : inline(correlationId)],
    ['From party', observed.fromParty === undefined ? undefined : inline(observed.fromParty)],
    ['To party', observed.toParty === undefined ? undefined : inline(observed.toParty)],
    ['Exchange', `#${observed.id}`],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${value}`])).join('\n');
}

function problems({ problems: all, onPurpose }: Explained): string[] {
  const purpose = onPurpose.map(one => `> ${plain(one)}`);
  if (all.length === 0) return [...purpose, 'Nothing failed, and nothing was found.'];
  const [one] = all;
  if (all.length === 1 && one !== undefined) return [...purpose, '## What is wrong', ...aboutProblem(one)];
  return [
    ...purpose,
    '## What is wrong',
    ...all.flatMap((problem, at) => [`### ${at + 1}. ${plain(problem.sentence)}`, ...aboutProblem(problem)]),
  ];
}

function aboutProblem({ meaning, layer, code, section, findings, cases }: Problem): string[] {
  // What is to be tried next speaks to us; what is advised about a finding holds for whoever reads it.
  const advice = findings.flatMap(one => knownFinding(one)?.advice ?? []);
  const clauses = section === null ? [] : clauseWords(section);
  return [
    [
      `- Layer: ${layer}, code: \`${code}\`${meaning === null ? '' : ` (${plain(meaning.replace(/\.$/, ''))})`}`,
      ...clauses.map(clause => `- Clause: ${clause}`),
      ...cases.map(({ title }) => `- Known pattern: ${title}`),
    ].join('\n'),
    ...(advice.length === 0 ? [] : [['What may help:', '', ...advice.map(step => `- ${plain(step)}`)].join('\n')]),
  ];
}

function message(start: string, { headers, text, length, shortened }: ObservedMessage): string {
  const lines = [start, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (length === 0) return fenced(lines.join('\n'), 'http');
  const body = text === undefined ? `(${length} bytes that are no text)` : text.slice(0, LONGEST_BODY);
  const cut = shortened || (text?.length ?? 0) > LONGEST_BODY ? [`... (${length} bytes in all)`] : [];
  return fenced([...lines, '', body, ...cut].join('\n'), 'http');
}

/** A fence longer than any in the text, so that nothing in it ends the block. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function inline(text: string): string {
  return text.includes('`') ? plain(text) : `\`${text.replace(/\s+/g, ' ')}\``;
}

/** What others wrote stays text: no markup, no new line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, mark => `\\${mark}`);
}
