import type { FindingCode } from './finding-codes.ts';
import { type Finding, finding, type Severity } from './findings.ts';
import { describeJson } from './json-value.ts';
import type { Flaw } from './schema.ts';
import type { Version } from './versions.ts';

/** Stands in a view's place where a value has to be rejected. */
export const REJECTED = Symbol('rejected');

/** Gives back the value itself, a coerced copy, or REJECTED. `depth` is how many steps of the walk's path lead to the value. */
export type Check = (value: unknown, walk: Walk, depth: number) => unknown;

/** Where a check stands and what it found. One serves all calls of a checker, for checks never call out. */
export class Walk {
  version: Version = '2.3.0';
  readonly path: (string | number)[] = [];
  /** Above 0 within types that are validated with warnings only. */
  lenient = 0;
  private base = '';
  private findings: Finding[] | undefined;

  begin(version: Version, base: string): void {
    this.version = version;
    this.base = base;
    this.findings = undefined;
    this.lenient = 0;
  }

  end(): readonly Finding[] | undefined {
    return this.findings;
  }

  pointer(depth: number): string {
    let pointer = this.base;
    for (let at = 0; at < depth; at++) pointer += `/${escapePointer(String(this.path[at]))}`;
    return pointer;
  }

  add(...findings: readonly Finding[]): void {
    this.findings ??= [];
    for (const found of findings) {
      const tooHard = this.lenient > 0 && found.severity === 'error';
      this.findings.push(tooHard ? { ...found, severity: 'warning' } : found);
    }
  }

  find(code: FindingCode, depth: number, met: string, expected: string, severity?: Severity): void {
    this.add(finding(code, { pointer: this.pointer(depth), met, expected, ...(severity && { severity }) }));
  }

  /** A flaw of the value that the walk's path leads to. */
  flaw({ code, at = [], met, expected, severity }: Flaw, depth: number): void {
    let pointer = this.pointer(depth);
    for (const step of at) pointer += `/${escapePointer(String(step))}`;
    this.add(finding(code, { pointer, met, expected, ...(severity && { severity }) }));
  }

  /** For values whose JSON type is wrong beyond repair. */
  mismatch(depth: number, value: unknown, expected: string, secret = false): typeof REJECTED {
    this.find('type.mismatch', depth, secret ? `a ${typeof value}` : describeJson(value), expected);
    return REJECTED;
  }
}

/** One reference token of a JSON pointer (RFC 6901). */
export function escapePointer(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}
