import { createContext, useContext } from 'react';
import type { ImportedLog, LogContents, LogProgress, LogSource } from '../../../../core/contract/session-log.ts';
import type { ShownFailure } from '../../../bridge/failure.ts';

/** A file of the operator's: one that was chosen or dropped, or one the desktop window was given by its path. */
export type GivenFile = File | { readonly path: string };

/** The core can read it. */
export interface LocatedFile {
  readonly name: string;
  readonly source: LogSource;
}

export interface ReadyFile extends LocatedFile {
  readonly contents: LogContents;
}

export type OpeningState =
  | { readonly step: 'closed' | 'choosing' }
  /** It is being handed over; a share from 0 to 1. */
  | { readonly step: 'handing'; readonly name: string; readonly share: number }
  /** The core looks through it. */
  | ({ readonly step: 'looking' } & LocatedFile)
  | { readonly step: 'failed'; readonly name: string; readonly failure: ShownFailure; readonly source?: LogSource }
  /** What it holds is known: what to do with it is asked. */
  | ({ readonly step: 'ready'; readonly failure?: ShownFailure } & ReadyFile)
  | ({ readonly step: 'reproducing' } & ReadyFile)
  | { readonly step: 'importing'; readonly name: string; readonly progress: LogProgress | undefined }
  | { readonly step: 'opening'; readonly name: string }
  /** `address`: the browser let no page be opened, one has to press for it. */
  | { readonly step: 'opened'; readonly name: string; readonly address: string | undefined };

/** One file at a time, from being chosen to what becomes of it. */
export interface Opening {
  readonly state: OpeningState;
  /** Files that are asked about after this one. */
  readonly more: number;
  readonly choose: () => void;
  /** Several are asked about one after the other. */
  readonly begin: (files: readonly GivenFile[]) => void;
  /** Also before all of it is looked through. */
  readonly openBeside: (file: LocatedFile | ReadyFile) => void;
  readonly importHere: (file: ReadyFile) => void;
  readonly reproduce: (file: ReadyFile) => void;
  /** Back to what to do with it. */
  readonly back: (file: ReadyFile) => void;
  /** Ends what is under way; the next file's turn. */
  readonly close: () => void;
}

export type OnImported = (log: ImportedLog) => void;

export const OpeningContext = createContext<Opening | undefined>(undefined);

/** How any view has a file opened. */
export function useOpening(): Opening {
  const opening = useContext(OpeningContext);
  if (opening === undefined) throw new Error('useOpening is called outside of LogOpener');
  return opening;
}

export function nameOf(file: GivenFile): string {
  return 'path' in file ? (file.path.split(/[\\/]/).at(-1) ?? file.path) : file.name;
}
