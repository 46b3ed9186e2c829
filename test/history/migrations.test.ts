import { readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate, NEWEST_VERSION, versionOf } from '../../core/history/migrations/list.ts';

/** The schema a version had when it was released, with rows of that time. */
function stored(version: number): string {
  return readFileSync(new URL(`../fixtures/history/schema-${version}.sql`, import.meta.url), 'utf8');
}

function open(script?: string, version = 0): Database.Database {
  const database = new Database(':memory:');
  if (script) database.exec(script);
  database.pragma(`user_version = ${version}`);
  return database;
}

function schemaOf(database: Database.Database): string[] {
  const rows = database
    .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];
  return rows.map(sql => sql.replaceAll(/\s+/g, ' '));
}

describe('migrations', () => {
  it('are listed in order, each file once', () => {
    const files = readdirSync(new URL('../../core/history/migrations/', import.meta.url))
      .filter(name => /^\d{4}-/.test(name))
      .sort();
    const listed = MIGRATIONS.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`);
    expect(listed).toEqual(files);
    expect(listed).toEqual([...listed].sort());
    expect(NEWEST_VERSION).toBe(MIGRATIONS.at(-1)?.number);
  });

  it.each(MIGRATIONS.map(({ number }) => number))('still make the schema that version %i was released with', number => {
    const fresh = open();
    migrate(fresh, number);
    expect(versionOf(fresh)).toBe(number);
    expect(schemaOf(fresh)).toEqual(schemaOf(open(stored(number))));
  });

  it.each(MIGRATIONS.slice(1).map(({ number }, at) => [MIGRATIONS[at]?.number ?? 0, number] as const))(
    'take a database of version %i with its rows to version %i',
    (from, to) => {
      const database = open(stored(from), from);
      const links = database.prepare('SELECT * FROM link').all();
      expect(links).not.toEqual([]);
      migrate(database, to);
      expect(schemaOf(database)).toEqual(schemaOf(open(stored(to))));
      expect(database.prepare('SELECT * FROM link').all()).toEqual(links);
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    },
  );

  it('do nothing to a database that is up to date', () => {
    const database = open();
    migrate(database);
    const before = schemaOf(database);
    migrate(database);
    expect(schemaOf(database)).toEqual(before);
  });
});
