import { basename } from 'node:path';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { LogAbout } from '../../contract/session-log.ts';
import type { LogRecord } from '../format/records.ts';
import { plainText } from '../read/plain-text.ts';
import { readLog } from '../read/read-log.ts';

/** One of two logs, wherever it stands. It is read twice. */
export interface LogSide {
  readonly name: string;
  /** Only this link of it, without regard to case. */
  readonly link: string | undefined;
  /** Gives every record in the order of a log. The name it ends with tells where it is not whole. */
  read(each: (record: LogRecord) => void | Promise<void>): Promise<Outcome<{ about: LogAbout; name: string }>>;
}

export interface LogFile {
  readonly path: string;
  readonly name?: string | undefined;
  readonly link?: string | undefined;
}

export function fileSide({ path, name = basename(path), link }: LogFile, signal?: AbortSignal): LogSide {
  return {
    name,
    link,
    async read(each) {
      let about: LogAbout | undefined;
      const reading = readLog({ path, name, signal });
      for (;;) {
        const step = await reading.next();
        if (step.done) {
          if (!step.value.ok) return step.value;
          const { condition, problem } = step.value.value;
          if (about === undefined)
            return failed('INVALID_INPUT', `${name} has no first line`, 'Have it exported again.');
          return done({ about, name: condition === 'whole' ? name : `${name} (${condition}: ${plainText(problem)})` });
        }
        const line = step.value;
        if (line.type === 'ocpilog') {
          const { type: _type, ...rest } = line;
          about = rest;
        } else if (line.type !== 'odd') await each(line);
      }
    },
  };
}
