/** The versions the workbench speaks, oldest first (digest 3.1). */
export const VERSIONS = ['2.1.1', '2.2.1', '2.3.0'] as const;
export type Version = (typeof VERSIONS)[number];

export function isVersion(text: string): text is Version {
  return (VERSIONS as readonly string[]).includes(text);
}

/** Which of our version's shapes a version number on the wire is spoken with: 2.2 is spoken to as 2.2.1. */
export function spokenAs(versionNumber: string): Version | undefined {
  if (versionNumber === '2.2') return '2.2.1';
  return isVersion(versionNumber) ? versionNumber : undefined;
}

/** Orders version numbers by their numeric parts: 2.2 < 2.2.1 < 2.10. Parts that are no numbers (`2.2-d2`) come first. */
export function compareVersions(left: string, right: string): number {
  const leftParts = left.split('.').map(numericPart);
  const rightParts = right.split('.').map(numericPart);
  for (let at = 0; at < Math.max(leftParts.length, rightParts.length); at++) {
    const difference = (leftParts[at] ?? -1) - (rightParts[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numericPart(part: string): number {
  return /^\d+$/.test(part) ? Number(part) : -2;
}

/** 2.2 and later: request ids, routing headers, interface roles, Base64 tokens (digest 7). */
export function atLeast22(version: Version): boolean {
  return version !== '2.1.1';
}
