import { describe, expect, it } from 'vitest';
import { filesOfCommandLine, givenFile } from '../../electron/given-files.ts';

describe('files given to the desktop', () => {
  it('are databases, recorded traffic and session logs, by their endings', () => {
    expect(givenFile('/a/Partner.OCPIWORKBENCH')?.kind).toBe('database');
    expect(givenFile('/a/workbench.db')?.kind).toBe('database');
    expect(givenFile('/a/session.HAR')?.kind).toBe('traffic');
    expect(givenFile('/a/log.jsonl')?.kind).toBe('traffic');
    expect(givenFile('/a/monday.ocpilog')?.kind).toBe('log');
    for (const path of ['/a/notes.txt', '/a/db', '/a/.db', '/a/x.db.exe', '']) expect(givenFile(path)).toBeUndefined();
  });

  it('are found on the command line among switches, beside the folder Electron was started with', () => {
    const argv = ['/usr/bin/electron', '--no-sandbox', '.', '--user-data-dir=/x.db', 'one.har', '/two/three.db', '--y'];
    expect(filesOfCommandLine(argv, '/home/me')).toEqual([
      { kind: 'traffic', path: '/home/me/one.har' },
      { kind: 'database', path: '/two/three.db' },
    ]);
  });

  it('never are the program itself', () => {
    expect(filesOfCommandLine(['/opt/workbench.db'], '/')).toEqual([]);
  });
});
