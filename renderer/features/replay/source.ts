import type { ReplaySource } from '../../../core/contract/replay.ts';
import { printIds, readId, readIds } from '../../exchange/id-ranges.ts';

/** What the address of this area can name; texts and files of others are imported or saved first, and named then. */
export type NamedSource = Exclude<ReplaySource, { readonly kind: 'written' | 'file' }>;

/**
 * What is replayed, as the address says it: `scenario:charge`, `transaction:12`, `exchanges:1,2,5-9`, `link:NAME`,
 * `object:LINK/MODULE/KEY`, `run:7` (as that replay was). Undefined: it says nothing of the kind.
 */
export function readSource(text: string): NamedSource | undefined {
  const cut = text.indexOf(':');
  const [kind, rest] = [text.slice(0, cut), text.slice(cut + 1)];
  if (cut < 0 || rest === '') return undefined;
  switch (kind) {
    case 'scenario':
    case 'link':
      return { kind, name: rest };
    case 'transaction': {
      const id = readId(rest);
      return id === undefined ? undefined : { kind, id };
    }
    case 'run': {
      const runId = readId(rest);
      return runId === undefined ? undefined : { kind: 'again', runId };
    }
    case 'exchanges': {
      const ids = readIds(rest);
      return ids === undefined ? undefined : { kind, ids: [...ids] };
    }
    case 'object': {
      // A link's name and a module have no slash; a key may.
      const [link = '', module = '', ...key] = rest.split('/');
      return link === '' || module === '' || key.join('/') === ''
        ? undefined
        : { kind, link, module, key: key.join('/') };
    }
    default:
      return undefined;
  }
}

/** Undefined: it has no address, because its text is part of it. */
export function printSource(source: ReplaySource): string | undefined {
  switch (source.kind) {
    case 'scenario':
    case 'link':
      return `${source.kind}:${source.name}`;
    case 'transaction':
      return `transaction:${source.id}`;
    case 'again':
      return `run:${source.runId}`;
    case 'exchanges':
      return `exchanges:${printIds(source.ids)}`;
    case 'object':
      return `object:${source.link}/${source.module}/${source.key}`;
    case 'written':
    case 'file':
      return undefined;
  }
}
