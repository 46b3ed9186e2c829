import { describe, expect, it } from 'vitest';
import { backupPathFor } from '../../../../renderer/features/settings/backup-path.ts';

const NOW = new Date(2026, 10, 3, 6, 7);

describe('the path that is proposed for a backup', () => {
  it('is beside the database, named for the minute, whatever the system writes between folders', () => {
    expect(backupPathFor('/home/me/workbench.db', NOW)).toBe('/home/me/workbench-2026-11-03-0607.db');
    expect(backupPathFor('C:\\Users\\me.b\\workbench.db', NOW)).toBe('C:\\Users\\me.b\\workbench-2026-11-03-0607.db');
    expect(backupPathFor('/home/me.b/acme test.sqlite', NOW)).toBe('/home/me.b/acme test-2026-11-03-0607.sqlite');
  });

  it('keeps a name without an ending, or that is nothing but one', () => {
    expect(backupPathFor('/home/me.b/workbench', NOW)).toBe('/home/me.b/workbench-2026-11-03-0607');
    expect(backupPathFor('/home/me/.db', NOW)).toBe('/home/me/.db-2026-11-03-0607');
  });
});
